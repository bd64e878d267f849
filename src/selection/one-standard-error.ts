/**
 * The one-standard-error rule: the simplest candidate whose mean is not worse than the best by more than one
 * standard error of their difference, fold by fold.
 *
 * All candidates saw the same folds, so the differences are paired: `d_k = best_k - candidate_k`,
 * `se = sd(d) / sqrt(folds)`. Pairing removes the spread between folds that both share.
 * Source: Breiman, Friedman, Olshen, Stone 1984 (the rule); Hastie, Tibshirani, Friedman 2009, 7.10.
 */
export interface Judged {
  /** Score of each fold, higher is better; the same folds in the same order for all. */
  readonly folds: readonly number[];
  /** Compared position by position, smaller is simpler. */
  readonly simplicity: readonly number[];
}

/** Index of the chosen candidate; ties in simplicity go to the better mean, then to the earlier. */
export function oneStandardError(candidates: readonly Judged[]): number {
  const best = bestByMean(candidates);
  let chosen = best;
  candidates.forEach((candidate, index) => {
    if (!withinOneError(candidates[best]!, candidate)) return;
    const order = compareSimplicity(candidate.simplicity, candidates[chosen]!.simplicity);
    if (order < 0 || (order === 0 && meanOf(candidate.folds) > meanOf(candidates[chosen]!.folds)))
      chosen = index;
  });
  return chosen;
}

/** Index of the highest mean; ties go to the simpler, then to the earlier. */
export function bestByMean(candidates: readonly Judged[]): number {
  let best = 0;
  candidates.forEach((candidate, index) => {
    const difference = meanOf(candidate.folds) - meanOf(candidates[best]!.folds);
    const simpler = compareSimplicity(candidate.simplicity, candidates[best]!.simplicity) < 0;
    if (difference > 0 || (difference === 0 && simpler)) best = index;
  });
  return best;
}

export function compareSimplicity(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The plain mean of a handful of fold scores. */
export const meanOf = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0) / values.length;

/** Sample standard deviation (ddof 1); 0 for fewer than two values. */
export function deviationOf(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const mean = meanOf(values);
  return Math.sqrt(
    values.reduce((total, value) => total + (value - mean) * (value - mean), 0) / (values.length - 1),
  );
}

/** Whether the candidate is behind the best by no more than one standard error of their difference. */
export function withinOneError(best: Pick<Judged, 'folds'>, candidate: Pick<Judged, 'folds'>): boolean {
  const differences = best.folds.map((score, fold) => score - candidate.folds[fold]!);
  return meanOf(differences) <= deviationOf(differences) / Math.sqrt(differences.length);
}
