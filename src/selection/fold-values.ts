/** The metric of each fold from scores of all rows; rows without one (NaN) are left out. */
import type { Fold } from '../data/splits/stratified-folds.ts';
import type { FoldTask } from './fold-fits.ts';

export const foldValues = (
  scores: Float64Array,
  labels: Uint8Array,
  folds: readonly Pick<Fold, 'validation'>[],
  measure: FoldTask['measure'],
): number[] =>
  folds.map(({ validation }) => {
    const rows = validation.filter((row) => !Number.isNaN(scores[row]!));
    return measure(
      Uint8Array.from(rows, (row) => labels[row]!),
      Float64Array.from(rows, (row) => scores[row]!),
    );
  });
