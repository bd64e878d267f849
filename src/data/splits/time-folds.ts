/**
 * Folds that go forward in time: each is validated on what came after all that it learned from.
 *
 * Ordered by time, the newest k x floor(n / (k + 1)) rows make k blocks of equal size; round i learns from everything
 * that lies `gap` or more before block i. Rows of one moment are never parted: they belong to the newer block. The
 * oldest rows are never validated. Rows within a gap take no part in their round.
 *
 * O(rows log rows + k x rows). Without equal times the rows are those of
 * `sklearn.model_selection.TimeSeriesSplit(n_splits=k)`, whose gap is counted in rows:
 * https://scikit-learn.org/stable/modules/generated/sklearn.model_selection.TimeSeriesSplit.html
 */
import { DataError } from '../../base/errors.ts';
import { checkOutcomes } from './check-outcomes.ts';
import type { Fold } from './stratified-folds.ts';
import { before, momentBefore } from './time.ts';

export function timeFolds(labels: Uint8Array, times: Float64Array, k: number, gapMs: number): Fold[] {
  const rows = Int32Array.from(times, (_, row) => row);
  const size = Math.floor(rows.length / (k + 1));
  const starts = Array.from({ length: k }, (_, fold) => momentBefore(rows, times, (k - fold) * size));
  return starts.map((from, fold) => {
    const to = starts[fold + 1] ?? Number.POSITIVE_INFINITY;
    const train = before(rows, times, from, gapMs);
    const validation = rows.filter((row) => times[row]! >= from && times[row]! < to);
    const what = `fold ${fold + 1} of ${k}`;
    if (train.length === 0 || validation.length === 0) {
      const moments = new Set(times).size;
      throw new DataError(
        'data.split',
        `split: ${what} would learn from ${train.length} and be validated on ${validation.length} of ${rows.length} rows, which lie at ${moments} different times; lower train.folds or split.gap, or give a longer history`,
        { part: what, rows: rows.length, times: moments },
      );
    }
    for (const [side, held] of [
      ['to learn from', train],
      ['to validate on', validation],
    ] as const)
      checkOutcomes(`${what}, ${side},`, labels, held, 1, 'lower train.folds, or give a longer history');
    return { train, validation };
  });
}
