/**
 * How the scores of several models become one: by vote with fixed weights, or by a last model that learns on their
 * out-of-fold scores. Told apart from the models themselves, so that fits that exist are used and none is paid for twice.
 */
import type { Context } from '../learn/context.ts';
import type { Estimator, FittedClassifier } from '../learn/definition.ts';
import { softVoting, voteFitted } from '../models/soft-voting.ts';
import { stackFitted, stackOutOfFold } from '../models/stacking/fitted-stack.ts';
import { stacking } from '../models/stacking.ts';
import { blendScores } from './ensemble-selection.ts';

export type Combination =
  | { readonly by: 'soft-voting' /** One a model, above 0. */; readonly weights: readonly number[] }
  | { readonly by: 'stacking' };

/** Scores of one model a list: P(churn) of each row by fits that did not see it; NaN where no fold validates. */
export interface KnownScores {
  readonly outOfFold: readonly Float64Array[];
  readonly labels: Uint8Array;
}

/**
 * How the ensemble would score rows it has not seen. Votes are as they are; the last model of a stack is fitted anew for
 * each fold on the rows outside of it.
 */
export const scoreTogether = async (
  combination: Combination,
  known: KnownScores,
  folds: readonly { readonly validation: Int32Array }[],
  ctx: Context,
): Promise<Float64Array> =>
  combination.by === 'soft-voting'
    ? blendScores(known.outOfFold, combination.weights)
    : stackOutOfFold(known, folds, ctx);

/** One model of those that are fitted on all rows. */
export const combineFitted = async (
  combination: Combination,
  models: readonly FittedClassifier[],
  known: KnownScores & { readonly folds: number },
  ctx: Context,
): Promise<FittedClassifier> =>
  combination.by === 'soft-voting'
    ? voteFitted(models, combination.weights)
    : stackFitted({ models, ...known }, ctx);

/** The ensemble as a candidate among others: its models and how they are combined, as the leaderboard tells it. */
export function ensembleCandidate(
  {
    candidates,
    combination,
  }: { readonly candidates: readonly Estimator[]; readonly combination: Combination },
  folds: number,
): Estimator {
  const models = candidates.map(({ id, params }) => ({ id, params }));
  return combination.by === 'soft-voting'
    ? softVoting({ models, weights: [...combination.weights] })
    : stacking({ models, folds });
}
