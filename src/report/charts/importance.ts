/** How much worse the model ranks customers when one column is shuffled: a bar a column, with the spread over repeats. */
import { decimal, listed } from '../format.ts';
import { cleanText } from '../html.ts';
import { light as colour } from '../palette.ts';
import type { TrainingFacts } from '../training-facts.ts';
import {
  axisNumber,
  type Chart,
  chartWidth,
  nameAxis,
  numberAxis,
  type Point,
  plotGrid,
  roomForNames,
  roundScale,
  whiskers,
} from './chart.ts';

/** More bars than this say no more. */
export const mostBars = 15;

/** Largest first, as the facts are. */
export function importanceChart({ importance }: Pick<TrainingFacts, 'importance'>): Chart {
  const shown = importance.slice(0, mostBars);
  const lows = shown.map(({ value, sd }) => value - sd);
  const lowest = Math.min(0, ...lows);
  const highs = shown.map(({ value, sd }) => value + sd);
  const axis = numberAxis('Fall of ROC-AUC', 'x', axisNumber, roundScale(0, Math.max(...highs)));
  const named = shown.slice(0, 3).map(({ column, value }) => `${cleanText(column)} ${decimal(value)}`);
  return {
    id: 'importance',
    title: 'Importance of columns',
    description: `Fall of ROC-AUC when a column is shuffled. Largest: ${listed(named)}.`,
    width: chartWidth,
    height: 62 + 25 * shown.length,
    option: {
      grid: plotGrid({ left: roomForNames(shown.map(({ column }) => column)), top: 6 }),
      xAxis: {
        ...axis,
        interval: undefined,
        splitNumber: 4,
        // From the lowest end itself: a whole step of empty room for a little chance would push the bars aside.
        min: lowest,
        axisLabel: { ...axis.axisLabel, showMinLabel: lowest === 0 },
      },
      yAxis: nameAxis(shown.map(({ column }) => column)),
      series: [
        {
          type: 'bar',
          data: shown.map(({ value }) => value),
          barWidth: 13,
          itemStyle: { color: colour.accent, borderRadius: 2 },
          z: 3,
        },
        whiskers(
          shown.map(({ value, sd }, i): [Point, Point] => [
            [value - sd, i],
            [value + sd, i],
          ]),
          colour.ink,
          1.5,
        ),
      ],
    },
  };
}
