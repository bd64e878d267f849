/**
 * The out-of-fold scores of trials that have none: their folds were read from the record of an interrupted search, or were
 * not kept. Fitted as they were, they come out the same; where one does not, its metrics tell, and the answer is null.
 */
import { plainEqual } from '../base/plain.ts';
import type { Context } from '../learn/context.ts';
import { cutFolds, type FoldTask, fitFolds } from './fold-fits.ts';
import type { SearchedTrial } from './open-trial.ts';

export type ScoredTrial = SearchedTrial & { readonly outOfFold: Float64Array };

/** The trials in their order, each with its scores; null where a fit does not repeat. Only trials on shares of rows. */
export async function scoreAgain(
  task: Omit<FoldTask, 'endsAt'>,
  trials: readonly SearchedTrial[],
  ctx: Context,
): Promise<ScoredTrial[] | null> {
  const bare = trials.filter(({ outOfFold }) => outOfFold === null);
  if (bare.length === 0) return trials as ScoredTrial[];
  const parts = cutFolds(task);
  const wanted = bare.flatMap(({ candidate, share }) =>
    parts.map((_, fold) => ({ candidate, fold, rowShare: share })),
  );
  const found = new Map(
    bare.map((trial) => [
      trial.number,
      { folds: parts.map(() => 0), outOfFold: new Float64Array(task.data.table.rowCount).fill(Number.NaN) },
    ]),
  );
  await fitFolds({ ...task, endsAt: undefined }, parts, wanted, ctx, (index, { value, scores, rows }) => {
    const { folds, outOfFold } = found.get(bare[Math.floor(index / parts.length)]!.number)!;
    const { fold } = wanted[index]!;
    folds[fold] = value;
    rows.forEach((row, i) => {
      outOfFold[row] = scores[i]!;
    });
  });
  if (bare.some((trial) => !plainEqual(found.get(trial.number)!.folds, trial.folds))) return null;
  return trials.map((trial) => ({
    ...trial,
    outOfFold: trial.outOfFold ?? found.get(trial.number)!.outOfFold,
  }));
}
