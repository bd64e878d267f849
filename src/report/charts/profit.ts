/** What a campaign is expected to earn when so many are contacted, highest scores first: where to stop. */
import { ratio } from '../../evaluation/confusion.ts';
import { bestPoint } from '../../evaluation/list-figures.ts';
import type { ProfitPoint } from '../../evaluation/profit.ts';
import { count, money, percent } from '../format.ts';
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
  type Point,
  plotGrid,
  roundScale,
  shareAxis,
} from './chart.ts';

/** Profit is told for a list of so many customers: per customer it would be cents. */
export const perCustomers = 1000;

/** `points`: from nobody to everybody. */
export function profitChart(
  points: readonly ProfitPoint[],
  { confusion, list, further }: Pick<TrainingFacts, 'confusion' | 'list' | 'further'>,
): Chart {
  const { truePositives, falsePositives, falseNegatives, trueNegatives } = confusion;
  const rows = truePositives + falsePositives + falseNegatives + trueNegatives;
  const contacted = ratio(truePositives + falsePositives, rows);
  const best = list?.best ?? bestPoint(points);
  const at = ({ contacted: share, profit }: ProfitPoint): Point => [share, perCustomers * profit];
  const line = points.map(at);
  const ys = line.map(([, y]) => y);
  const everybody = points.at(-1)?.profit ?? 0;
  const here = further?.profitAtThreshold?.value ?? profitBy(points, contacted);
  const scale = roundScale(Math.min(0, ...ys), Math.max(0, ...ys));
  const isApart = Math.abs(best.contacted - contacted) > 0.06 && contacted > 0;
  return {
    id: 'profit',
    title: 'Expected profit',
    description: `For a list of ${perCustomers} customers: contacting the ${percent(best.contacted, 0)} with the highest scores is expected to earn most, ${money(perCustomers * best.profit)}; those above the threshold, ${percent(contacted, 0)}, ${money(perCustomers * here)}; everybody ${money(perCustomers * everybody)}; nobody 0.`,
    width: chartWidth,
    height: chartHeight,
    option: {
      grid: plotGrid({ left: 66 }),
      xAxis: shareAxis('Customers contacted, highest score first', 'x'),
      yAxis: {
        ...numberAxis(`Profit per ${count(perCustomers)} customers`, 'y', axisText, scale),
        nameTextStyle: { ...numberAxis('', 'y', axisText, scale).nameTextStyle, padding: [0, 0, 0, -60] },
      },
      series: [
        dashedLine([
          [0, 0],
          [1, 0],
        ]),
        mainLine(line),
        ...(isApart || contacted === 0 ? [note(at(best), 'best', 'top')] : []),
        ...(contacted > 0 ? [markedPoint([contacted, perCustomers * here], 'threshold')] : []),
      ],
    },
  };
}

const axisText = (value: number): string => (Math.abs(value) >= 1000 ? money(value) : axisNumber(value));

/** Between two points in a straight line. */
export function profitBy(points: readonly ProfitPoint[], contacted: number): number {
  const after = points.findIndex((point) => point.contacted >= contacted);
  const right = points[after];
  if (!right) return points.at(-1)?.profit ?? Number.NaN;
  const left = points[after - 1];
  if (!left || right.contacted === left.contacted) return right.profit;
  const part = (contacted - left.contacted) / (right.contacted - left.contacted);
  return left.profit + part * (right.profit - left.profit);
}
