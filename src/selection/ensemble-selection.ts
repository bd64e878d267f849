/**
 * Chooses which of many tried models vote together, and how much each counts, by the scores that a search has anyway.
 *
 * Greedy, with replacement: begins with the best model, adds whichever raises the measure of the mean score most, one
 * taken twice counting twice, and answers with the best of all moments. After `PATIENCE` additions in a row without a gain
 * it ends: a model that hurts at half of the vote may help at a third, so the first addition that gains nothing is not the
 * end. Never worse, on the rows given, than the best single model; that is as optimistic as any choice among many on the same
 * rows: `models` holds it down, and so do `bags` (each bag chooses from a random half, their shares are added up).
 * Deterministic; ties go to the earlier of the library. Rows that some model has no score of (NaN) are left out.
 * Cost: O(rounds x library x one measure), with `bags` about bags / 2 times that.
 * Source: Caruana, Niculescu-Mizil, Crew & Ksikes 2004, "Ensemble selection from libraries of models".
 */
import type { Random } from '../base/random.ts';
import { meanOf } from './one-standard-error.ts';

/** Additions in a row that gain nothing before the end. */
const PATIENCE = 5;
/** A gain below this is rounding: no two rows change places for it. */
const LEAST_GAIN = 1e-10;

export interface EnsembleTask {
  /** P(churn) of each row, one array a model, simpler models first; NaN for a row that no fold validates. */
  readonly library: readonly Float64Array[];
  readonly labels: Uint8Array;
  /** Row numbers that are measured apart: the value is the mean of theirs. All rows together where left out. */
  readonly folds?: readonly Int32Array[];
  readonly measure: (labels: Uint8Array, scores: Float64Array) => number;
  /** 1 where more of the measure is better, -1 where less is. */
  readonly sign: 1 | -1;
  /** Most additions; 30 unless said. */
  readonly rounds?: number;
  /** Most different models; 10 unless said. */
  readonly models?: number;
  /** Begins with the best so many single models, as far as together they gain; 1 unless said. */
  readonly start?: number;
  /** How often a random half of the library chooses; none unless said. Needs `random`. */
  readonly bags?: number;
  readonly random?: Random;
}

export interface Addition {
  /** Place in the library. */
  readonly added: number;
  /** The measure after it. */
  readonly value: number;
}

export interface Ensemble {
  /** How often each of the library is taken, in its order; with bags the sum of its shares in them. */
  readonly weights: readonly number[];
  /** The measure of the weighted mean. */
  readonly value: number;
  /** The measure of each fold. */
  readonly foldValues: readonly number[];
  /** The additions up to the best moment; with bags none. */
  readonly path: readonly Addition[];
}

export function selectEnsemble(task: EnsembleTask): Ensemble {
  const { library, sign, bags = 0, models = 10 } = task;
  if (library.length === 0) throw new RangeError('ensemble-selection: the library holds no model');
  const judge = openJudge(task);
  const everyone = [...library.keys()];
  const plain = (among: readonly number[]): readonly Addition[] => greedy(task, judge, among);
  if (bags === 0) {
    const path = plain(everyone);
    const weights = countsOf(path, library.length);
    return { weights, ...judge.of(weights), path };
  }
  const { random } = task;
  if (!random) throw new RangeError('ensemble-selection: bags need a random stream');
  const shares = everyone.map(() => 0);
  for (let bag = 0; bag < bags; bag++) {
    const order = random.fork('bag', bag).shuffle(Int32Array.from(everyone));
    const half = [...order.subarray(0, Math.ceil(library.length / 2))].sort((a, b) => a - b);
    const path = plain(half);
    for (const { added } of path) shares[added]! += 1 / path.length;
  }
  const weights = heaviest(shares, models);
  const together = judge.of(weights);
  const [best] = judge.ranked;
  const alone = judge.of(everyone.map((m) => (m === best ? 1 : 0)));
  // A mean of bags may fall behind the best model alone.
  return sign * (together.value - alone.value) >= 0
    ? { weights, ...together, path: [] }
    : { weights: everyone.map((m) => (m === best ? 1 : 0)), ...alone, path: [] };
}

/** The weighted mean of the scores: what the ensemble says of each row. NaN where a model that counts has none. */
export function blendScores(library: readonly Float64Array[], weights: readonly number[]): Float64Array {
  const mean = new Float64Array(library[0]?.length ?? 0);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  for (const [m, scores] of library.entries()) {
    const weight = weights[m]!;
    if (weight === 0) continue;
    for (let row = 0; row < mean.length; row++) mean[row]! += weight * scores[row]!;
  }
  // A mean of ones may be a rounding error above 1.
  return mean.map((sum) => Math.min(1, sum / total));
}

interface Judge {
  /** All models, the best alone first; ties in the library's order. */
  readonly ranked: readonly number[];
  of(weights: readonly number[]): { readonly value: number; readonly foldValues: readonly number[] };
  /** The measure of the mean of `count` score vectors that add up to `sums`, with model m as one more. */
  with(sums: readonly Float64Array[], count: number, m: number): number;
  add(sums: readonly Float64Array[], m: number): void;
  empty(): Float64Array[];
}

/** Scores and labels cut into folds once, so that a trial is one pass and one measure a fold. */
function openJudge({ library, labels, folds, measure, sign }: EnsembleTask): Judge {
  const isKnown = (row: number): boolean => library.every((scores) => !Number.isNaN(scores[row]!));
  const parts = (folds ?? [Int32Array.from(labels.keys())]).map((rows) => rows.filter(isKnown));
  const cut = library.map((scores) => parts.map((rows) => Float64Array.from(rows, (row) => scores[row]!)));
  const outcomes = parts.map((rows) => Uint8Array.from(rows, (row) => labels[row]!));
  const blends = parts.map((rows) => new Float64Array(rows.length));
  const measured = (fold: number): number => measure(outcomes[fold]!, blends[fold]!);
  const single = cut.map((scores) =>
    meanOf(
      scores.map((own, fold) => {
        blends[fold]!.set(own);
        return measured(fold);
      }),
    ),
  );
  return {
    ranked: [...library.keys()].sort((a, b) => sign * (single[b]! - single[a]!) || a - b),
    empty: () => parts.map((rows) => new Float64Array(rows.length)),
    of(weights) {
      const foldValues = blends.map((blend, fold) => {
        blend.set(
          blendScores(
            cut.map((scores) => scores[fold]!),
            weights,
          ),
        );
        return measured(fold);
      });
      return { value: meanOf(foldValues), foldValues };
    },
    with: (sums, count, m) =>
      meanOf(
        blends.map((blend, fold) => {
          const before = sums[fold]!;
          const own = cut[m]![fold]!;
          for (let i = 0; i < blend.length; i++) blend[i] = Math.min(1, (before[i]! + own[i]!) / (count + 1));
          return measured(fold);
        }),
      ),
    add(sums, m) {
      for (const [fold, sum] of sums.entries()) {
        const own = cut[m]![fold]!;
        for (let i = 0; i < sum.length; i++) sum[i]! += own[i]!;
      }
    },
  };
}

/** The additions up to the best moment. */
function greedy(
  { sign, rounds = 30, models = 10, start = 1 }: EnsembleTask,
  judge: Judge,
  among: readonly number[],
): readonly Addition[] {
  const first = judge.ranked.filter((m) => among.includes(m)).slice(0, Math.max(1, Math.min(start, models)));
  let sums = judge.empty();
  const path: Addition[] = [];
  const chosen = new Set<number>();
  let best = 0;
  const take = (added: number, value: number): void => {
    judge.add(sums, added);
    chosen.add(added);
    path.push({ added, value });
    if (path.length === 1 || sign * (value - path[best - 1]!.value) > LEAST_GAIN) best = path.length;
  };
  for (const m of first.slice(0, rounds)) take(m, judge.with(sums, path.length, m));
  if (best < path.length) {
    // From the best of the beginnings on: what came after it is taken back.
    const kept = path.splice(0).slice(0, best);
    sums = judge.empty();
    chosen.clear();
    for (const { added, value } of kept) take(added, value);
  }
  while (path.length < rounds && path.length - best < PATIENCE) {
    const open = chosen.size < models ? among : among.filter((m) => chosen.has(m));
    let next: Addition | undefined;
    for (const added of open) {
      const value = judge.with(sums, path.length, added);
      if (next === undefined || sign * (value - next.value) > 0) next = { added, value };
    }
    take(next!.added, next!.value);
  }
  return path.slice(0, best);
}

function countsOf(path: readonly Addition[], models: number): number[] {
  const counts = new Array<number>(models).fill(0);
  for (const { added } of path) counts[added]!++;
  return counts;
}

/** The largest `most` shares; the others count nothing. Ties go to the earlier. */
function heaviest(shares: readonly number[], most: number): number[] {
  const kept = [...shares.keys()].sort((a, b) => shares[b]! - shares[a]! || a - b).slice(0, most);
  return shares.map((share, m) => (kept.includes(m) ? share : 0));
}
