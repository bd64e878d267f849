/**
 * Decides whether calibration helps: the rule of `calibrate: auto`.
 *
 * On the validation rows, over five stratified folds, the log loss of the scores as they are is compared with that
 * after a sigmoid learned on the other folds. It is taken when the mean fall of the loss is larger than its standard
 * error and the slope is above 0. Isotonic steps are only compared where the caller names them: the ties they make cost
 * ranking.
 */
import type { Random } from '../../base/random.ts';
import { foldRows, stratifiedFolds } from '../../data/splits/stratified-folds.ts';
import { log } from '../../math/exp-log.ts';
import { churnedCount } from '../../table/dataset.ts';
import { applyMap, type CalibrationMethod, fitMap } from './map.ts';

const folds = 5;

/** Mean log loss of scores as they are and after a cross-fitted map, and the standard error of the difference. */
export type LossComparison = {
  readonly before: number;
  readonly after: number;
  readonly standardError: number;
};

/** Undefined where an outcome has fewer rows than folds. */
export function compareLoss(
  method: CalibrationMethod,
  scores: Float64Array,
  labels: Uint8Array,
  random: Random,
): LossComparison | undefined {
  const rows = labels.length;
  const churned = churnedCount(labels);
  if (Math.min(churned, rows - churned) < folds) return undefined;
  const mapped = new Float64Array(rows);
  for (const { train, validation } of foldRows(stratifiedFolds(labels, folds, random), folds)) {
    const map = fitMap(
      method,
      Float64Array.from(train, (row) => scores[row]!),
      Uint8Array.from(train, (row) => labels[row]!),
      new Float64Array(train.length).fill(1),
    );
    const held = applyMap(
      map,
      Float64Array.from(validation, (row) => scores[row]!),
    );
    validation.forEach((row, i) => {
      mapped[row] = held[i]!;
    });
  }
  let before = 0;
  let after = 0;
  let squares = 0;
  for (let row = 0; row < rows; row++) {
    const own = rowLoss(scores[row]!, labels[row]!);
    const other = rowLoss(mapped[row]!, labels[row]!);
    before += own / rows;
    after += other / rows;
    squares += (own - other) * (own - other);
  }
  const variance = Math.max(0, squares / rows - (before - after) * (before - after));
  return { before, after, standardError: Math.sqrt(variance / (rows - 1)) };
}

/** Which of these maps lowers the loss most, by more than chance; undefined where none does. */
export function helpfulMethod(
  methods: readonly CalibrationMethod[],
  scores: Float64Array,
  labels: Uint8Array,
  random: Random,
): CalibrationMethod | undefined {
  const helpful = methods
    .map((method) => ({ method, loss: compareLoss(method, scores, labels, random) }))
    .filter(({ loss }) => loss !== undefined && loss.before - loss.after > loss.standardError)
    .sort((a, b) => a.loss!.after - b.loss!.after);
  return helpful.find(({ method }) => method === 'isotonic' || rises(scores, labels))?.method;
}

/** A falling sigmoid would turn the order around. */
function rises(scores: Float64Array, labels: Uint8Array): boolean {
  const map = fitMap('sigmoid', scores, labels, new Float64Array(scores.length).fill(1));
  return map.method === 'sigmoid' && map.slope > 0;
}

/** The loss of one row, at most 34.5: a score of exactly 0 or 1 is not held to be certain. */
function rowLoss(score: number, label: number): number {
  const p = Math.max(1e-15, Math.min(1 - 1e-15, score));
  return -log(label === 1 ? p : 1 - p);
}
