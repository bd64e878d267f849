/**
 * The fits of a search: one candidate on the training rows of one fold, judged on the rows that the fold holds out.
 *
 * A candidate's random stream is named by what it is, not by its place in the list or the moment: adding a candidate, a
 * worker or a pause changes no other result. A trial on a share of the rows sees the first rows of one fixed order of the
 * fold, outcomes in proportion, so that a larger share holds the smaller one; it is judged on about 10,000 of the rows
 * that the fold holds out at most, outcomes in proportion too, so that scoring does not cost what learning saves.
 */
import { hasCode } from '../base/errors.ts';
import { canonicalJson } from '../base/plain.ts';
import type { Random } from '../base/random.ts';
import type { Fold } from '../data/splits/stratified-folds.ts';
import { thinRows } from '../data/splits/thin-rows.ts';
import type { Context, FitJob, Note } from '../learn/context.ts';
import type { Estimator } from '../learn/definition.ts';
import { score } from '../learn/fit.ts';
import { type Dataset, takeDatasetRows } from '../table/dataset.ts';
import type { Candidate } from './search-method.ts';

/** What all fits of a search have in common. */
export interface FoldTask {
  /** Puts a candidate behind its preprocessing. */
  readonly wrap: (candidate: Candidate) => Estimator;
  readonly data: Dataset;
  /** Row numbers of each fold: learn from `train`, judge on `validation`. */
  readonly folds: readonly Fold[];
  /** The metric of one fold from labels and P(churn). */
  readonly measure: (labels: Uint8Array, scores: Float64Array) => number;
  /** When the search ends, epoch milliseconds of the clock: fits under way are given up, what has been tried counts. */
  readonly endsAt?: number | undefined;
}

/** A fold cut out once for all candidates. */
export interface FoldPart {
  readonly training: Dataset;
  readonly held: Dataset;
  /** Row numbers of the held-out rows in the whole. */
  readonly rows: Int32Array;
}

export interface FoldFit {
  readonly candidate: Candidate;
  readonly fold: number;
  /** Share of the fold's training rows that is learned from; all unless said. */
  readonly rowShare?: number;
}

export interface FoldScore {
  /** The metric on the held-out rows. */
  readonly value: number;
  /** P(churn) of the rows that it was judged on. */
  readonly scores: Float64Array;
  /** Those rows, as numbers of the whole. */
  readonly rows: Int32Array;
  /** CPU seconds of the fit. */
  readonly seconds: number;
  readonly notes: readonly Note[];
}

export function cutFolds({ data, folds }: Pick<FoldTask, 'data' | 'folds'>): FoldPart[] {
  // Ids and times are of no use inside a fit and would be copied to every thread; groups stay together there too.
  const anonymous: Dataset = { ...data, ids: null, times: null };
  return folds.map(({ train, validation }) => ({
    training: takeDatasetRows(anonymous, train),
    held: takeDatasetRows(anonymous, validation),
    rows: validation,
  }));
}

/**
 * Does the fits, in threads where they pay, and tells of each as it ends. False where the end of the search came first.
 * Who hears of fits that diverged has the others go on; else the first ends it.
 */
export async function fitFolds(
  task: FoldTask,
  parts: readonly FoldPart[],
  wanted: readonly FoldFit[],
  ctx: Context,
  onScore: (index: number, score: FoldScore) => void,
  onDiverged?: (index: number) => void,
): Promise<boolean> {
  const { endsAt, wrap, measure } = task;
  const samples = new Map<string, Dataset>();
  const jobs: FitJob[] = wanted.map(({ candidate, fold, rowShare = 1 }) => {
    const { id, params } = wrap(candidate);
    const stream = ctx.random.fork(`candidate:${canonicalJson(candidate)}`).fork('fold', fold);
    const data = rowShare === 1 ? parts[fold]!.training : sample(parts, fold, rowShare, ctx.random, samples);
    return { id, params, data, stream: stream.path, ...(endsAt !== undefined && { endsAt }) };
  });
  try {
    await ctx.map(
      jobs,
      (index, answer) => {
        const { fold, rowShare = 1 } = wanted[index]!;
        const { held, rows } = rowShare === 1 ? parts[fold]! : thinned(parts[fold]!);
        const scores = score(answer.fitted, held.table, ctx.catalogue);
        const value = measure(held.labels, scores);
        onScore(index, { value, scores, rows, seconds: answer.cpuSeconds, notes: answer.notes });
      },
      (index, error) => {
        if (!onDiverged || !hasCode(error, 'learn.diverged')) return false;
        onDiverged(index);
        return true;
      },
    );
  } catch (error) {
    if (!hasCode(error, 'search.over')) throw error;
    return false;
  }
  return true;
}

const mostJudged = 10_000;
const thin = new WeakMap<FoldPart, FoldPart>();

/** The fold with so many of its held-out rows as judge a trial on a share; cut out once. */
function thinned(part: FoldPart): FoldPart {
  if (part.rows.length <= mostJudged) return part;
  const known = thin.get(part);
  if (known) return known;
  const places = thinRows(part.held.labels, mostJudged);
  const made = {
    ...part,
    held: takeDatasetRows(part.held, places),
    rows: Int32Array.from(places, (i) => part.rows[i]!),
  };
  thin.set(part, made);
  return made;
}

/** One data set a fold and share, however many candidates learn from it. */
function sample(
  parts: readonly FoldPart[],
  fold: number,
  rowShare: number,
  random: Random,
  known: Map<string, Dataset>,
): Dataset {
  const key = `${fold} ${rowShare}`;
  const { training } = parts[fold]!;
  const drawn =
    known.get(key) ??
    takeDatasetRows(training, shareOfRows(training.labels, rowShare, random.fork('rows').fork('fold', fold)));
  known.set(key, drawn);
  return drawn;
}

/** Row numbers of a share of the rows, in order: outcomes in proportion, each at least once. */
export function shareOfRows(labels: Uint8Array, share: number, random: Random): Int32Array {
  const isChosen = new Uint8Array(labels.length);
  for (const outcome of [0, 1]) {
    const rows = Int32Array.from(labels.keys()).filter((row) => labels[row] === outcome);
    random.fork('outcome', outcome).shuffle(rows);
    for (const row of rows.subarray(0, Math.max(1, Math.round(share * rows.length)))) isChosen[row] = 1;
  }
  return Int32Array.from(labels.keys()).filter((row) => isChosen[row] === 1);
}
