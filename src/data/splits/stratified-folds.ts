/**
 * Deals customers into k groups of equal size and equal share of leavers, for cross-validation.
 *
 * Rows are put in order of outcome, the outcome of the first row first, and dealt round: fold i gets the
 * rows i, i + k, i + 2k, ... of that order. That decides how many of each outcome a fold holds: counts of two
 * folds differ by at most one, for each outcome and in all. Which rows of an outcome they are is shuffled.
 *
 * Takes one label a row (1 = churned, 0 = stayed), gives the fold of each row, 0 to k - 1. O(rows).
 * Class counts equal `sklearn.model_selection.StratifiedKFold(shuffle=True)`:
 * https://scikit-learn.org/stable/modules/generated/sklearn.model_selection.StratifiedKFold.html
 *
 * @example
 * foldRows(stratifiedFolds(labels, 5, createRandom(42)), 5)[0] // { train, validation }
 */
import { DataError, ParamError } from '../../base/errors.ts';
import type { Random } from '../../base/random.ts';
import { churnedCount } from '../../table/dataset.ts';

/** One round of cross-validation: fitted on `train`, judged on `validation`. Row numbers, ascending. */
export interface Fold {
  readonly train: Int32Array;
  readonly validation: Int32Array;
}

export function stratifiedFolds(labels: Uint8Array, k: number, random: Random): Int32Array {
  if (!Number.isInteger(k) || k < 2) {
    throw new ParamError(
      'param.value',
      `folds: the number of folds must be a whole number of at least 2, got ${k}`,
      {
        who: 'folds',
        param: 'folds',
      },
    );
  }
  const churned = churnedCount(labels);
  const stayed = labels.length - churned;
  if (Math.min(churned, stayed) < k) {
    throw new DataError(
      'data.too-few',
      `folds: ${churned} churned and ${stayed} stayed rows for ${k} folds, at least one of each outcome in each fold ` +
        'required; add rows of the rarer outcome, or lower train.folds',
      { folds: k, churned, stayed },
    );
  }
  const stream = random.fork('folds');
  const foldOfRow = new Int32Array(labels.length);
  const first = labels[0]!;
  let dealt = 0;
  for (const outcome of [first, 1 - first]) {
    const count = outcome === 1 ? churned : stayed;
    const folds = stream.shuffle(Int32Array.from({ length: count }, (_, i) => (dealt + i) % k));
    dealt += count;
    for (let row = 0, next = 0; row < labels.length; row++) {
      if (labels[row] === outcome) foldOfRow[row] = folds[next++]!;
    }
  }
  return foldOfRow;
}

/** The rounds that fold numbers stand for: each fold is validated once. O(k x rows). */
export function foldRows(foldOfRow: Int32Array, k: number): Fold[] {
  const rows = foldOfRow.map((_, row) => row);
  return Array.from({ length: k }, (_, fold) => ({
    train: rows.filter((row) => foldOfRow[row] !== fold),
    validation: rows.filter((row) => foldOfRow[row] === fold),
  }));
}
