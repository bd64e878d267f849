/**
 * Judges candidates by cross-validation: every candidate on the same folds, everything that learns fitted
 * inside the fold.
 *
 * A candidate's random stream is named by what it is, not by its place in the list: adding a candidate or a
 * worker changes no other result.
 */
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
  /** P(churn) of each row from the fit that did not see it. */
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
  /** Asked between batches of candidates: true ends the search with what has been tried. */
  readonly isOver?: () => boolean;
  /** Hears of each finished fit. */
  readonly onFit?: (done: number, total: number) => void;
}

/** Candidates fitted between two looks at the budget: few enough to keep it, enough to keep all threads busy. */
const batchSize = 4;

/**
 * Fits candidates x folds; answers in the order of the candidates. A search that is over early answers with those it has
 * tried, at least the first batch.
 */
export async function crossValidate(task: CrossValidation, ctx: Context): Promise<CandidateResult[]> {
  const { candidates, isOver } = task;
  const parts = foldParts(task.data, task.folds);
  const size = isOver ? batchSize : candidates.length;
  const results: CandidateResult[] = [];
  for (let from = 0; from < candidates.length; from += size) {
    if (from > 0 && isOver?.()) break;
    results.push(...(await validateBatch(task, candidates.slice(from, from + size), from, parts, ctx)));
  }
  return results;
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
      return { id: estimator.id, params: estimator.params, data: training, stream };
    }),
  );
  const results = candidates.map((candidate) => ({
    candidate,
    folds: new Array<number>(parts.length).fill(0),
    outOfFold: new Float64Array(task.data.table.rowCount),
    seconds: 0,
    notes: [] as Note[],
  }));
  let done = before * parts.length;
  const total = task.candidates.length * parts.length;
  await ctx.map(jobs, (index, answer) => {
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
    done++;
    task.onFit?.(done, total);
  });
  return results;
}

interface FoldPart {
  readonly training: Dataset;
  readonly held: Dataset;
  /** Row numbers of the held-out rows in the whole. */
  readonly rows: Int32Array;
}

function foldParts(data: Dataset, folds: readonly Fold[]): FoldPart[] {
  // Ids are of no use inside a fit and would be copied to every thread.
  const anonymous: Dataset = { ...data, ids: null };
  return folds.map(({ train, validation }) => ({
    training: takeDatasetRows(anonymous, train),
    held: takeDatasetRows(anonymous, validation),
    rows: validation,
  }));
}
