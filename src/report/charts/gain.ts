/** Contacting the most likely leavers first: how many of the leavers are reached with how many contacts. */
import { ratio } from '../../evaluation/confusion.ts';
import { percent } from '../format.ts';
import { light as colour } from '../palette.ts';
import { reachedWithin } from '../plain-words.ts';
import type { TrainingFacts } from '../training-facts.ts';
import {
  type Chart,
  chartHeight,
  chartWidth,
  dashedLine,
  mainLine,
  markedPoint,
  note,
  plotGrid,
  shareAxis,
} from './chart.ts';

export function gainChart(facts: Pick<TrainingFacts, 'curves' | 'confusion' | 'list'>): Chart {
  const { curves, confusion } = facts;
  const { truePositives, falsePositives, falseNegatives, trueNegatives } = confusion;
  const churned = truePositives + falseNegatives;
  const rows = churned + falsePositives + trueNegatives;
  const contacted = ratio(truePositives + falsePositives, rows);
  const reached = ratio(truePositives, churned);
  const tenth = reachedWithin(facts, 10);
  return {
    id: 'gain',
    title: 'Gain',
    description: `The tenth of the customers with the highest scores holds ${percent(tenth, 0)} of the leavers; at the threshold ${percent(contacted, 0)} are contacted and ${percent(reached, 0)} of the leavers reached.`,
    width: chartWidth,
    height: chartHeight,
    option: {
      grid: plotGrid(),
      xAxis: shareAxis('Customers contacted, highest score first', 'x'),
      yAxis: shareAxis('Leavers reached', 'y'),
      series: [
        dashedLine([
          [0, 0],
          [1, 1],
        ]),
        dashedLine([
          [0, 0],
          [ratio(churned, rows), 1],
          [1, 1],
        ]),
        mainLine(
          curves.gain.map((point) => [point.contacted, point.reached]),
          { areaStyle: { color: colour.tint, opacity: 0.45 } },
        ),
        note([0.7, 0.6], 'at random'),
        note([ratio(churned, rows) * 0.93, 0.93], 'perfect'),
        markedPoint([contacted, reached], 'threshold'),
      ],
    },
  };
}
