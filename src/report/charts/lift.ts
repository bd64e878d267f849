/** How many times as many leavers the first of the list hold as customers picked at random. */
import { ratio } from '../../evaluation/confusion.ts';
import { decimal, percent } from '../format.ts';
import { reachedWithin } from '../plain-words.ts';
import type { TrainingFacts } from '../training-facts.ts';
import {
  axisNumber,
  type Chart,
  chartHeight,
  chartWidth,
  dashedLine,
  mainLine,
  markedPoint,
  note,
  numberAxis,
  plotGrid,
  roundScale,
  shareAxis,
} from './chart.ts';

/** Among fewer customers than this share one leaver more or less makes the curve jump. */
const from = 0.01;

export function liftChart(facts: Pick<TrainingFacts, 'curves' | 'confusion' | 'list'>): Chart {
  const { curves, confusion } = facts;
  const { truePositives, falsePositives, falseNegatives, trueNegatives } = confusion;
  const churned = truePositives + falseNegatives;
  const rows = churned + falsePositives + trueNegatives;
  const contacted = ratio(truePositives + falsePositives, rows);
  const points = curves.gain.flatMap(({ contacted: share, lift }): [number, number][] =>
    lift !== null && share >= from ? [[share, lift]] : [],
  );
  const liftBy = (percents: number): number => (100 * reachedWithin(facts, percents)) / percents;
  const atThreshold = contacted > 0 ? ratio(truePositives, churned) / contacted : Number.NaN;
  const scale = roundScale(0, Math.max(1, ...points.map(([, lift]) => lift)));
  return {
    id: 'lift',
    title: 'Lift',
    description: `The tenth of the customers with the highest scores holds ${decimal(liftBy(10), 1)} times as many leavers as a tenth picked at random, the first fifth ${decimal(liftBy(20), 1)} times${contacted > 0 ? `; at the threshold, ${percent(contacted, 0)} of the customers, it is ${decimal(atThreshold, 1)} times` : ''}.`,
    width: chartWidth,
    height: chartHeight,
    option: {
      grid: plotGrid(),
      xAxis: shareAxis('Customers contacted, highest score first', 'x'),
      yAxis: numberAxis('Times as many leavers as at random', 'y', axisNumber, scale),
      series: [
        dashedLine([
          [0, 1],
          [1, 1],
        ]),
        mainLine(points),
        note([0.12, 1], 'at random', 'bottom'),
        ...(contacted >= from ? [markedPoint([contacted, atThreshold], 'threshold')] : []),
      ],
    },
  };
}
