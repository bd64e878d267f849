/** Does a predicted 30% mean that 30 of 100 leave? Mean prediction against what came true, in ten groups of equal size. */
import { decimal, percent } from '../format.ts';
import { light as colour } from '../palette.ts';
import type { TrainingFacts } from '../training-facts.ts';
import {
  type Chart,
  chartHeight,
  chartWidth,
  dashedLine,
  dots,
  note,
  type Point,
  plotGrid,
  shareAxis,
  whiskers,
} from './chart.ts';

export function calibrationChart({ curves, holdout }: Pick<TrainingFacts, 'curves' | 'holdout'>): Chart {
  const { calibration } = curves;
  const hit = calibration.filter(
    ({ meanScore, churnRate }) => churnRate.low <= meanScore && meanScore <= churnRate.high,
  ).length;
  return {
    id: 'calibration',
    title: 'Calibration',
    description: `Expected calibration error ${decimal(holdout.ece.value)}. In ${hit} of ${calibration.length} groups the predicted probability lies within the 95% interval of the churn rate; the highest group was predicted ${percent(calibration.at(-1)?.meanScore ?? Number.NaN, 0)} and came to ${percent(calibration.at(-1)?.churnRate.value ?? Number.NaN, 0)}.`,
    width: chartWidth,
    height: chartHeight,
    option: {
      grid: plotGrid(),
      xAxis: shareAxis('Predicted churn probability', 'x'),
      yAxis: shareAxis('Share who left', 'y'),
      series: [
        dashedLine([
          [0, 0],
          [1, 1],
        ]),
        note([0.9, 0.94], 'as predicted', 'left'),
        whiskers(
          calibration.map(({ meanScore, churnRate }) => [
            [meanScore, churnRate.low],
            [meanScore, churnRate.high],
          ]),
          colour.accent,
        ),
        dots(
          calibration.map(({ meanScore, churnRate }): Point => [meanScore, churnRate.value]),
          colour.accent,
        ),
      ],
    },
  };
}
