/** The candidates in order of merit, and which of them was chosen. */
import type { Plain } from '../base/plain.ts';
import type { Catalogue } from '../learn/catalogue.ts';
import {
  bestByMean,
  compareSimplicity,
  deviationOf,
  type Judged,
  meanOf,
  oneStandardError,
} from './one-standard-error.ts';
import type { Candidate } from './search-method.ts';

export interface LeaderboardRow {
  readonly rank: number;
  readonly model: string;
  readonly params: Plain;
  readonly metric: string;
  readonly mean: number;
  readonly sd: number;
  readonly folds: readonly number[];
  /** CPU seconds of its fits. */
  readonly seconds: number;
  readonly chosen: boolean;
  /** Of what was taken before one that ranks higher (`least-loss.ts`). */
  readonly chosenFor?: 'log-loss';
  /** What differs from the `preprocess` section as it is written, where that was searched. */
  readonly preparation?: Plain;
  /** The trials that are combined in it. */
  readonly members?: readonly Member[];
}

export interface Member {
  readonly trial: number;
  readonly model: string;
  /** How often it counts in a vote; null in a stack. */
  readonly weight: number | null;
}

/** How the winner is taken: the simplest within one standard error of the best, or the best. */
export type ChoiceRule = 'one-standard-error' | 'best';

/** A candidate tried on every fold. */
export interface Tried {
  readonly candidate: Candidate;
  readonly folds: readonly number[];
  readonly seconds: number;
  readonly members?: readonly Member[];
}

export interface Selected<Result extends Tried> {
  readonly leaderboard: readonly LeaderboardRow[];
  readonly winner: Result;
}

/** Ranks results by mean (ties: the simpler first) and marks the chosen one; `taken`: which, where the rule does not say it. */
export function rankCandidates<Result extends Tried>(
  results: readonly Result[],
  metric: { readonly id: string; readonly higherIsBetter: boolean },
  rule: ChoiceRule,
  catalogue: Catalogue,
  taken?: Result,
): Selected<Result> {
  const sign = metric.higherIsBetter ? 1 : -1;
  const judged: Judged[] = results.map((result) => ({
    folds: result.folds.map((value) => sign * value),
    simplicity: catalogue.classifier(result.candidate.id).simplicity(result.candidate.params),
  }));
  const byRule = () => (rule === 'best' ? bestByMean(judged) : oneStandardError(judged));
  const chosen = taken === undefined ? byRule() : results.indexOf(taken);
  const order = results
    .map((_, index) => index)
    .sort(
      (a, b) =>
        meanOf(judged[b]!.folds) - meanOf(judged[a]!.folds) ||
        compareSimplicity(judged[a]!.simplicity, judged[b]!.simplicity) ||
        a - b,
    );
  const leaderboard = order.map((index, position) => {
    const { candidate, folds, seconds, members } = results[index]!;
    return {
      rank: position + 1,
      model: candidate.id,
      params: candidate.params,
      metric: metric.id,
      mean: meanOf(folds),
      sd: deviationOf(folds),
      folds,
      seconds,
      chosen: index === chosen,
      ...(candidate.preparation !== undefined && { preparation: candidate.preparation }),
      ...(members && { members }),
      ...(index === chosen && taken !== undefined && position > 0 && { chosenFor: 'log-loss' as const }),
    };
  });
  return { leaderboard, winner: results[chosen]! };
}

/** What is worth telling of a row beside its parameters, as further parameters: how columns are prepared, what it is made of. */
export function besideParams({
  preparation,
  members,
}: Pick<LeaderboardRow, 'preparation' | 'members'>): Record<string, Plain> {
  const changed = Object.values((preparation ?? {}) as Record<string, Record<string, Plain>>);
  const made = members?.map(
    ({ trial, model, weight }) => `${(weight ?? 1) > 1 ? `${weight} x ` : ''}${model} of trial ${trial}`,
  );
  return { ...Object.assign({}, ...changed), ...(made && { models: made.join(', ') }) };
}

/** All parameters of a row; of an ensemble what it is made of. */
export const toldParams = (row: Pick<LeaderboardRow, 'params' | 'preparation' | 'members'>): Plain =>
  row.members ? besideParams(row) : { ...(row.params as Record<string, Plain>), ...besideParams(row) };
