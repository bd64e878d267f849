/**
 * Judges candidates by cross-validation: every candidate on the same folds, everything that learns fitted
 * inside the fold.
 *
 * A candidate's random stream is named by what it is, not by its place in the list: adding a candidate or a
 * worker changes no other result.
 */
import type { Context, Note } from '../learn/context.ts';
import { cutFolds, type FoldPart, type FoldTask, fitFolds } from './fold-fits.ts';
import type { Candidate } from './search-method.ts';

export interface CandidateResult {
  readonly candidate: Candidate;
  /** The metric of each fold. */
  readonly folds: readonly number[];
  /** P(churn) of each row from the fit that did not see it; NaN for a row that no fold validates. */
  readonly outOfFold: Float64Array;
  /** CPU seconds of the fits. */
  readonly seconds: number;
  readonly notes: readonly Note[];
}

export interface CrossValidation extends FoldTask {
  readonly candidates: readonly Candidate[];
  /** Share of each fold's training rows that is learned from; all unless said. */
  readonly rowShare?: number;
  /** Hears of each finished fit. */
  readonly onFit?: (done: number, total: number) => void;
}

/**
 * Fits candidates x folds; answers in the order of the candidates. A search that ends early answers with those it has
 * tried on every fold. The first candidate is always tried: without any there is nothing to choose.
 */
export async function crossValidate(task: CrossValidation, ctx: Context): Promise<CandidateResult[]> {
  const { candidates, endsAt } = task;
  const parts = cutFolds(task);
  if (endsAt === undefined) return validateBatch(task, candidates, 0, parts, ctx);
  const first = await validateBatch({ ...task, endsAt: undefined }, candidates.slice(0, 1), 0, parts, ctx);
  return [...first, ...(await validateBatch(task, candidates.slice(1), 1, parts, ctx))];
}

async function validateBatch(
  task: CrossValidation,
  candidates: readonly Candidate[],
  before: number,
  parts: readonly FoldPart[],
  ctx: Context,
): Promise<CandidateResult[]> {
  const results = candidates.map((candidate) => ({
    candidate,
    folds: new Array<number>(parts.length).fill(0),
    outOfFold: new Float64Array(task.data.table.rowCount).fill(Number.NaN),
    left: parts.length,
    seconds: 0,
    notes: [] as Note[],
  }));
  let done = before * parts.length;
  const total = task.candidates.length * parts.length;
  const { rowShare = 1 } = task;
  const fits = candidates.flatMap((candidate) => parts.map((_, fold) => ({ candidate, fold, rowShare })));
  await fitFolds(task, parts, fits, ctx, (index, { value, scores, rows, seconds, notes }) => {
    const result = results[Math.floor(index / parts.length)]!;
    const { fold } = fits[index]!;
    result.folds[fold] = value;
    rows.forEach((row, i) => {
      result.outOfFold[row] = scores[i]!;
    });
    result.seconds += seconds;
    result.notes.push(...notes);
    result.left--;
    done++;
    task.onFit?.(done, total);
  });
  return results.filter(({ left }) => left === 0).map(({ left: _, ...result }) => result);
}
