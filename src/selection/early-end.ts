/**
 * Ends a trial before its last fold when nothing it could still do would make it the winner.
 *
 * `behind`: on every fold so far, at least two, it is behind the best trial; on average by three standard errors of
 * the difference, fold by fold, and by more than the best varies between its own folds. Such a trial can't be within
 * one standard error of the best, so it would not be chosen for its simplicity either.
 * `median`: its mean so far is below the median that whole trials of the same model had at the same fold, once there are
 * five. Models are held against their own kind: a simple one that is a little behind may still be the one to take.
 * Only trials of earlier rounds and of the same share count, so the answer is the same at any number of threads.
 * Reference: Golovin et al. 2017 (median rule);
 * https://optuna.readthedocs.io/en/stable/reference/generated/optuna.pruners.MedianPruner.html
 */
import { bestByMean, deviationOf, meanOf } from './one-standard-error.ts';
import type { EarlyEnd, Trial, TrialRequest } from './search-method.ts';

const fewestFolds = 2;
const errorsBehind = 3;
const fewestOfKind = 5;

/** The first of the rules that ends a trial with these folds; undefined where it goes on. */
export function earlyEnd(
  rules: readonly EarlyEnd[],
  trial: TrialRequest & { readonly folds: readonly number[] },
  past: readonly Trial[],
  sign: 1 | -1,
): EarlyEnd | undefined {
  const rivals = past.filter(({ share, outcome }) => outcome === 'whole' && share === trial.share);
  return rules.find((rule) =>
    rule === 'behind'
      ? isBehind(trial.folds, rivals, sign)
      : isBelowMedian(
          trial.folds,
          rivals.filter(({ candidate }) => candidate.id === trial.candidate.id),
          sign,
        ),
  );
}

function isBehind(folds: readonly number[], rivals: readonly Trial[], sign: 1 | -1): boolean {
  if (rivals.length === 0 || folds.length < fewestFolds) return false;
  const best =
    rivals[
      bestByMean(rivals.map((rival) => ({ folds: rival.folds.map((value) => sign * value), simplicity: [] })))
    ]!;
  const lags = folds.map((value, fold) => sign * (best.folds[fold]! - value));
  const error = deviationOf(lags) / Math.sqrt(lags.length);
  return (
    lags.every((lag) => lag > 0) &&
    meanOf(lags) > errorsBehind * error &&
    meanOf(lags) > deviationOf(best.folds)
  );
}

function isBelowMedian(folds: readonly number[], kind: readonly Trial[], sign: 1 | -1): boolean {
  if (kind.length < fewestOfKind) return false;
  const means = kind.map((rival) => sign * meanOf(rival.folds.slice(0, folds.length))).sort((a, b) => a - b);
  const middle = means.length / 2;
  const median = (means[Math.floor(middle)]! + means[Math.ceil(middle) - 1]!) / 2;
  return sign * meanOf(folds) < median;
}
