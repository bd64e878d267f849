/** How many churners are found for how many stayers disturbed, at every threshold. */
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

export function rocChart({
  curves,
  confusion,
  holdout,
}: Pick<TrainingFacts, 'curves' | 'confusion' | 'holdout'>): Chart {
  const { truePositives, falsePositives, falseNegatives, trueNegatives } = confusion;
  const found = ratio(truePositives, truePositives + falseNegatives);
  const disturbed = ratio(falsePositives, falsePositives + trueNegatives);
  return {
    id: 'roc',
    title: 'ROC curve',
    description: `Area ${decimal(holdout.rocAuc.value)}. At the threshold ${percent(found, 0)} of those who leave are found and ${percent(disturbed, 0)} of those who stay are flagged too.`,
    width: chartWidth,
    height: chartHeight,
    option: {
      grid: plotGrid(),
      xAxis: shareAxis('Stayers flagged by mistake', 'x'),
      yAxis: shareAxis('Leavers found', 'y'),
      series: [
        dashedLine([
          [0, 0],
          [1, 1],
        ]),
        mainLine(
          curves.roc.map((point) => [point.falsePositiveRate, point.truePositiveRate]),
          { areaStyle: { color: colour.tint, opacity: 0.45 } },
        ),
        note([0.7, 0.6], 'chance'),
        markedPoint([disturbed, found], 'threshold'),
      ],
    },
  };
}
