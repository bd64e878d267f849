/**
 * Judges candidates by cross-validation: every candidate on the same folds, everything that learns fitted
 * inside the fold.
 *
 * A candidate's random stream is named by what it is, not by its place in the list: adding a candidate or a
 * worker changes no other result.
 */
import { HoldfastError } from '../base/errors.ts';
import { canonicalJson } from '../base/plain.ts';
import type { Fold } from '../data/splits/stratified-folds.ts';
import type { Context, FitJob, Note } from '../learn/context.ts';
import type { Estimator } from '../learn/definition.ts';
import { score } from '../learn/fit.ts';
import { type Dataset, takeDatasetRows } from '../table/dataset.ts';

export interface CandidateResult {
  readonly candidate: Estimator;
  /** The metric of each fold. */
  readonly folds: readonly number[];
  /** P(churn) of each row from the fit that did not see it; NaN for a row that no fold validates. */
  readonly outOfFold: Float64Array;
  /** CPU seconds of the fits. */
  readonly seconds: number;
  readonly notes: readonly Note[];
}

export interface CrossValidation {
  readonly candidates: readonly Estimator[];
  /** Puts a candidate behind its preprocessing. */
  readonly wrap: (candidate: Estimator) => Estimator;
  readonly data: Dataset;
  /** Row numbers of each fold: learn from `train`, judge on `validation`. */
  readonly folds: readonly Fold[];
  /** The metric of one fold from labels and P(churn). */
  readonly measure: (labels: Uint8Array, scores: Float64Array) => number;
  /** When the search ends, epoch milliseconds of the clock: fits under way are given up, what has been tried counts. */
  readonly endsAt?: number | undefined;
  /** Hears of each finished fit. */
  readonly onFit?: (done: number, total: number) => void;
}

/**
 * Fits candidates x folds; answers in the order of the candidates. A search that ends early answers with those it has
 * tried on every fold. The first candidate is always tried: without any there is nothing to choose.
 */
export async function crossValidate(task: CrossValidation, ctx: Context): Promise<CandidateResult[]> {
  const { candidates, endsAt } = task;
  const parts = foldParts(task.data, task.folds);
  if (endsAt === undefined) return validateBatch(task, candidates, 0, parts, ctx);
  const first = await validateBatch({ ...task, endsAt: undefined }, candidates.slice(0, 1), 0, parts, ctx);
  return [...first, ...(await validateBatch(task, candidates.slice(1), 1, parts, ctx))];
}

async function validateBatch(
  task: CrossValidation,
  candidates: readonly Estimator[],
  before: number,
  parts: readonly FoldPart[],
  ctx: Context,
): Promise<CandidateResult[]> {
  const jobs: FitJob[] = candidates.flatMap((candidate) =>
    parts.map(({ training }, fold) => {
      const estimator = task.wrap(candidate);
      const stream = ctx.random.fork(`candidate:${canonicalJson(candidate)}`).fork('fold', fold).path;
      const { endsAt } = task;
      const { id, params } = estimator;
      return { id, params, data: training, stream, ...(endsAt !== undefined && { endsAt }) };
    }),
  );
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
  const fitted = ctx.map(jobs, (index, answer) => {
    const result = results[Math.floor(index / parts.length)]!;
    const fold = index % parts.length;
    const { rows, held } = parts[fold]!;
    const scores = score(answer.fitted, held.table, ctx.catalogue);
    result.folds[fold] = task.measure(held.labels, scores);
    rows.forEach((row, i) => {
      result.outOfFold[row] = scores[i]!;
    });
    result.seconds += answer.cpuSeconds;
    result.notes.push(...answer.notes);
    result.left--;
    done++;
    task.onFit?.(done, total);
  });
  try {
    await fitted;
  } catch (error) {
    if (!(error instanceof HoldfastError) || error.code !== 'search.over') throw error;
  }
  return results.filter(({ left }) => left === 0).map(({ left: _, ...result }) => result);
}

interface FoldPart {
  readonly training: Dataset;
  readonly held: Dataset;
  /** Row numbers of the held-out rows in the whole. */
  readonly rows: Int32Array;
}

function foldParts(data: Dataset, folds: readonly Fold[]): FoldPart[] {
  // Ids, groups and times are of no use inside a fit and would be copied to every thread.
  const anonymous: Dataset = { ...data, ids: null, groups: null, times: null };
  return folds.map(({ train, validation }) => ({
    training: takeDatasetRows(anonymous, train),
    held: takeDatasetRows(anonymous, validation),
    rows: validation,
  }));
}
