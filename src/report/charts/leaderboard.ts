/** The candidates side by side: a dot for the mean over the folds, a line for one standard deviation to each side. */

import { metricInWords } from '../../evaluation/profit-metrics.ts';
import type { LeaderboardRow } from '../../selection/leaderboard.ts';
import { decimal, modelName } from '../format.ts';
import { light as colour } from '../palette.ts';
import {
  axisNumber,
  type Chart,
  chartWidth,
  dots,
  nameAxis,
  numberAxis,
  type Point,
  plotGrid,
  roomForNames,
  roundScale,
  whiskers,
} from './chart.ts';

/** More than this can't be told apart; the table beside the chart has them all. */
export const mostDots = 12;

/**
 * The candidates worth drawing: the best ones and the chosen one, without those so far behind (a fifth of the best's
 * value and ten times its spread) that the others would melt into one dot.
 */
export function rowsToDraw(rows: readonly LeaderboardRow[]): LeaderboardRow[] {
  const best = rows[0];
  if (!best) return [];
  const reach = Math.max(10 * best.sd, 0.2 * Math.abs(best.mean));
  return rows.filter(
    (row) => row.chosen || (row.rank <= mostDots && Math.abs(best.mean - row.mean) <= reach),
  );
}

export function leaderboardChart(rows: readonly LeaderboardRow[]): Chart {
  const shown = rowsToDraw(rows);
  const best = rows[0]!;
  const metric = metricInWords(best.metric);
  const names = shown.map((row) => `${row.rank}. ${modelName(row.model)}`);
  const lowOf = (row: LeaderboardRow): number => row.mean - row.sd;
  const highOf = (row: LeaderboardRow): number => row.mean + row.sd;
  const at = (row: LeaderboardRow): Point => [row.mean, shown.indexOf(row)];
  const others = shown.filter((row) => !row.chosen);
  const chosen = shown.filter((row) => row.chosen);
  const ranges = (some: readonly LeaderboardRow[]): [Point, Point][] =>
    some.map((row) => [
      [lowOf(row), at(row)[1]],
      [highOf(row), at(row)[1]],
    ]);
  return {
    id: 'leaderboard',
    title: 'Candidates',
    description: `${metric.title} over ${best.folds.length} folds. Best: ${modelName(best.model)}, ${decimal(best.mean)}. ${chosen.map((row) => `Chosen: ${modelName(row.model)}, ${decimal(row.mean)}, rank ${row.rank}.`).join(' ')}`,
    width: chartWidth,
    height: 62 + 30 * shown.length,
    option: {
      grid: plotGrid({ left: roomForNames(names), top: 6 }),
      xAxis: numberAxis(
        metric.title,
        'x',
        axisNumber,
        roundScale(Math.min(...shown.map(lowOf)), Math.max(...shown.map(highOf))),
      ),
      yAxis: nameAxis(names, new Set(chosen.map((row) => at(row)[1]))),
      series: [
        whiskers(ranges(others), colour.reference, 2.5),
        dots(others.map(at), colour.reference, 11),
        whiskers(ranges(chosen), colour.accent, 3),
        dots(chosen.map(at), colour.accent, 13),
      ],
    },
  };
}
