/** How many of the flagged customers really leave, against how many of the leavers are found, at every threshold. */
import { ratio } from '../../evaluation/confusion.ts';
import { decimal, percent } from '../format.ts';
import { light as colour } from '../palette.ts';
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

export function prChart({
  curves,
  confusion,
  holdout,
}: Pick<TrainingFacts, 'curves' | 'confusion' | 'holdout'>): Chart {
  const { truePositives, falsePositives, falseNegatives, trueNegatives } = confusion;
  const churned = truePositives + falseNegatives;
  const churnRate = ratio(churned, churned + falsePositives + trueNegatives);
  const recall = ratio(truePositives, churned);
  const precision = ratio(truePositives, truePositives + falsePositives);
  return {
    id: 'pr',
    title: 'Precision and recall',
    description: `Average precision ${decimal(holdout.prAuc.value)}. At the threshold ${percent(precision, 0)} of the flagged customers leave and ${percent(recall, 0)} of the leavers are found; flagging everybody meets ${percent(churnRate, 0)}.`,
    width: chartWidth,
    height: chartHeight,
    option: {
      grid: plotGrid(),
      xAxis: shareAxis('Leavers found (recall)', 'x'),
      yAxis: shareAxis('Flagged who leave (precision)', 'y'),
      series: [
        dashedLine([
          [0, churnRate],
          [1, churnRate],
        ]),
        // Steps, for the area under them is the average precision; straight lines would flatter.
        mainLine(
          curves.pr.map((point) => [point.recall, point.precision]),
          { step: 'start', areaStyle: { color: colour.tint, opacity: 0.45 } },
        ),
        note(
          [0.22, churnRate],
          `flag everybody: ${percent(churnRate, 0)}`,
          churnRate < 0.15 ? 'top' : 'bottom',
        ),
        markedPoint([recall, precision], 'threshold'),
      ],
    },
  };
}
