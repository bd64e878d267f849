/**
 * What the last model of a stack sees: a column of log-odds for each of its models, `model 1`, `model 2`, and so on.
 *
 * Log-odds and not probabilities, since what the last model weighs it adds up in log-odds: a stack of one good model
 * changes nothing. A score of 0 or 1 has endless log-odds; beyond `most`, either way, they count as `most`.
 * O(rows x models).
 */
import { log } from '../../math/exp-log.ts';
import { logit } from '../../math/sigmoid.ts';
import { numberColumn } from '../../table/column.ts';
import { createTable, type Table } from '../../table/table.ts';

/** Log-odds of one row among so many and two: what that many rows can't tell from certainty. */
export const mostLogOdds = (totalWeight: number): number => log(totalWeight + 2);

export const clampLogOdds = (logOdds: number, most: number): number =>
  Math.max(-most, Math.min(most, logOdds));

/** The log-odds of scores, clamped. A score that is missing stays so. */
export const clampedLogOdds = (scores: Float64Array, most: number): Float64Array =>
  scores.map((p) => clampLogOdds(logit(p), most));

/** One column a model, in their order. */
export const finalTable = (logOdds: readonly ArrayLike<number>[], rowCount: number): Table =>
  createTable(
    logOdds.map((values, m) => numberColumn(`model ${m + 1}`, values)),
    rowCount,
  );
