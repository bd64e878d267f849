import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRandom } from '../base/random.ts';
import { logLoss } from '../evaluation/metrics/log-loss.ts';
import { rocAuc } from '../evaluation/metrics/roc-auc.ts';
import { quickMeasure } from '../evaluation/quick-measure.ts';
import { sigmoid } from '../math/sigmoid.ts';
import { blendScores, type EnsembleTask, selectEnsemble } from './ensemble-selection.ts';

const auc = quickMeasure(rocAuc);
const loss = quickMeasure(logLoss);

/** Models that see the truth through noise of their own. */
function library(rows: number, noises: readonly number[], seed: number) {
  const random = createRandom(seed);
  const truth = Float64Array.from({ length: rows }, () => 1.5 * random.normal());
  // The first two rows see to it that there are both outcomes.
  const labels = Uint8Array.from(truth, (z, row) => (row < 2 ? row : random.uniform() < sigmoid(z) ? 1 : 0));
  return {
    labels,
    library: noises.map((noise) => truth.map((z) => sigmoid(z + noise * random.normal()))),
  };
}
const seeds = fc.integer({ min: 0, max: 2 ** 31 });
const noises = fc.array(
  fc.integer({ min: 1, max: 30 }).map((n) => n / 10),
  { minLength: 1, maxLength: 6 },
);
const taken = ({ path }: { path: readonly { added: number }[] }): number[] => path.map(({ added }) => added);

test('ensemble-selection: models that err apart vote together, and better than the best alone', () => {
  const task = { ...library(400, [1, 1, 1, 6], 1), measure: auc, sign: 1 } as const;
  const { weights, value } = selectEnsemble(task);
  const singles = task.library.map((scores) => auc(task.labels, scores));
  assert.ok(value > Math.max(...singles) + 0.02, `${value} over ${singles}`);
  assert.ok(weights.slice(0, 3).every((weight) => weight > 0));
  assert.ok(
    weights[3]! <= Math.min(...weights.slice(0, 3)),
    'the one that knows next to nothing hardly counts',
  );
});

test('ensemble-selection: a copy and a model that knows nothing gain nothing: the best stays alone', () => {
  const { labels, library: own } = library(200, [0.5], 2);
  const nothing = own[0]!.map(() => 0.5);
  const task = { labels, library: [nothing, own[0]!, own[0]!.slice()], measure: auc, sign: 1 } as const;
  const { weights, path } = selectEnsemble(task);
  assert.deepEqual(weights, [0, 1, 0]);
  assert.deepEqual(path, [{ added: 1, value: auc(labels, own[0]!) }]);
});

test('ensemble-selection: for any library it is the greedy choice by the slow definition', () => {
  fc.assert(
    fc.property(seeds, noises, fc.constantFrom(1, -1), (seed, each, sign) => {
      const measure = sign === 1 ? auc : loss;
      const task = { ...library(40, each, seed), measure, sign, rounds: 8, models: 3 } as const;
      assert.deepEqual(taken(selectEnsemble(task)), slowChoice(task));
    }),
    { numRuns: 40 },
  );
});

test('ensemble-selection: of two models it comes near the best of all weights of so many additions', () => {
  for (let seed = 0; seed < 8; seed++) {
    const task = { ...library(60, [0.8, 1.2], seed), measure: loss, sign: -1, rounds: 5 } as const;
    const { value } = selectEnsemble(task);
    const weights = [0, 1, 2, 3, 4, 5].flatMap((a) =>
      [0, 1, 2, 3, 4, 5].map((b) => [a, b]).filter(([, b]) => a + b! > 0 && a + b! <= 5),
    );
    const least = Math.min(...weights.map((each) => loss(task.labels, blendScores(task.library, each))));
    // The way there is greedy: it may miss a share by one step.
    assert.ok(value >= least - 1e-12 && value <= least + 2e-3, `${value} over ${least}`);
  }
});

test('ensemble-selection: for any library it is no worse than the best alone, its value is that of its weights', () => {
  fc.assert(
    fc.property(seeds, noises, fc.nat({ max: 3 }), fc.nat({ max: 4 }), (seed, each, bags, start) => {
      for (const [measure, sign] of [
        [auc, 1],
        [loss, -1],
      ] as const) {
        const made = library(60, each, seed);
        const folds = [0, 1].map((fold) =>
          Int32Array.from(made.labels.keys()).filter((row) => row % 2 === fold),
        );
        if (folds.some((rows) => new Set(rows.map((row) => made.labels[row]!)).size < 2)) return;
        const task = {
          ...made,
          measure,
          sign,
          folds,
          rounds: 6,
          models: 3,
          bags,
          start,
          random: createRandom(1),
        };
        const { weights, value, foldValues, path } = selectEnsemble(task);
        const judged = (scores: Float64Array): number[] =>
          folds.map((rows) =>
            measure(
              Uint8Array.from(rows, (row) => made.labels[row]!),
              Float64Array.from(rows, (row) => scores[row]!),
            ),
          );
        const mean = ([a, b]: number[]): number => (a! + b!) / 2;
        for (const own of made.library) assert.ok(sign * (value - mean(judged(own))) >= -1e-9);
        judged(blendScores(made.library, weights)).forEach((due, fold) => {
          assert.ok(Math.abs(foldValues[fold]! - due) < 1e-9);
        });
        assert.ok(Math.abs(value - mean([...foldValues])) < 1e-12);
        assert.ok(weights.filter((weight) => weight > 0).length <= 3);
        if (bags > 0) continue;
        assert.equal(
          weights.reduce((sum, weight) => sum + weight, 0),
          path.length,
        );
        assert.ok(path.length >= 1 && path.length <= 6);
      }
    }),
    { numRuns: 40 },
  );
});

test('ensemble-selection: for any order of the library the same models count the same', () => {
  fc.assert(
    fc.property(seeds, noises, (seed, each) => {
      // Of the log loss no two different blends tie.
      const task = { ...library(50, each, seed), measure: loss, sign: -1, rounds: 8 } as const;
      const order = createRandom(seed).shuffle(Int32Array.from(each.keys()));
      const turned = { ...task, library: Array.from(order, (m) => task.library[m]!) };
      const { weights } = selectEnsemble(task);
      const again = selectEnsemble(turned).weights;
      for (const [place, m] of order.entries()) assert.equal(again[place], weights[m]);
    }),
    { numRuns: 30 },
  );
});

test('ensemble-selection: among equal ones the earlier is taken', () => {
  const { labels, library: own } = library(80, [0.5, 1], 3);
  const copies = [own[1]!, own[0]!, own[1]!.slice(), own[0]!.slice()];
  const { weights } = selectEnsemble({ labels, library: copies, measure: auc, sign: 1 });
  assert.deepEqual([weights[2], weights[3]], [0, 0]);
});

test('ensemble-selection: a model that hurts at half of the vote is found when it helps at a third', () => {
  // Alone the second is far worse; a little of it lowers the loss.
  const { labels, library: own } = library(4000, [0.6, 2], 11);
  const task = { labels, library: own, measure: loss, sign: -1 } as const;
  const half = loss(labels, blendScores(own, [1, 1]));
  assert.ok(half > loss(labels, own[0]!));
  const { weights, value } = selectEnsemble(task);
  assert.ok(weights[0]! > weights[1]! && weights[1]! > 0, `${weights}`);
  assert.ok(value < loss(labels, own[0]!));
});

test('ensemble-selection: a beginning of several ends where they gain nothing more', () => {
  const task = { ...library(300, [0.6, 0.9, 9, 9], 5), measure: auc, sign: 1, start: 4 } as const;
  assert.deepEqual(taken(selectEnsemble(task)).slice(0, 2), [0, 1]);
  assert.deepEqual(taken(selectEnsemble({ ...task, rounds: 1 })), [0]);
});

test('ensemble-selection: rows that a model has no score of are left out, and have none from those that count', () => {
  const { labels, library: own } = library(100, [0.8, 0.9, 1], 6);
  const gapped = own.map((scores, m) => scores.map((p, row) => (row % 9 === m ? Number.NaN : p)));
  const rows = Int32Array.from(labels.keys()).filter((row) => row % 9 > 2);
  const of = (scores: Float64Array): Float64Array => Float64Array.from(rows, (row) => scores[row]!);
  const shared = { measure: auc, sign: 1 } as const;
  const found = selectEnsemble({ ...shared, labels, library: gapped });
  assert.deepEqual(
    found,
    selectEnsemble({ ...shared, labels: Uint8Array.from(rows, (row) => labels[row]!), library: own.map(of) }),
  );
  const blend = blendScores(gapped, [2, 0, 1]);
  assert.deepEqual(
    [Number.isNaN(blend[0]!), Number.isNaN(blend[2]!), Number.isNaN(blend[3]!)],
    [true, true, false],
  );
  assert.equal(blend[1], (2 * own[0]![1]! + own[2]![1]!) / 3);
});

test('ensemble-selection: bags draw from their own stream, the same each time', () => {
  const task = { ...library(200, [1, 1, 1, 1, 1, 1], 7), measure: auc, sign: 1, bags: 10 } as const;
  const of = (seed: number) => selectEnsemble({ ...task, random: createRandom(seed) });
  assert.deepEqual(of(1), of(1));
  assert.notDeepEqual(of(1).weights, of(2).weights);
  assert.ok(Math.abs(of(1).weights.reduce((sum, weight) => sum + weight, 0) - 10) < 1e-9);
});

test('ensemble-selection: scores of the library stay as they are', () => {
  const task = { ...library(50, [1, 1], 8), measure: auc, sign: 1 } as const;
  const before = task.library.map((scores) => [...scores]);
  selectEnsemble(task);
  assert.deepEqual(
    task.library.map((scores) => [...scores]),
    before,
  );
});

/** The same choice written plainly: every list of additions blended and measured from the beginning. */
function slowChoice({
  library: all,
  labels,
  measure,
  sign,
  rounds = 30,
  models = 10,
}: EnsembleTask): number[] {
  const merit = (list: readonly number[]): number => {
    const mean = labels.reduce<number[]>((rows, _, row) => {
      rows.push(Math.min(1, list.reduce((sum, m) => sum + all[m]![row]!, 0) / list.length));
      return rows;
    }, []);
    return sign * measure(labels, Float64Array.from(mean));
  };
  let best: number[] = [];
  let list: number[] = [];
  while (list.length < rounds && list.length - best.length < 5) {
    let next = -1;
    for (const m of all.keys()) {
      if (new Set([...list, m]).size > models) continue;
      if (next < 0 || merit([...list, m]) > merit([...list, next])) next = m;
    }
    list = [...list, next];
    if (best.length === 0 || merit(list) - merit(best) > 1e-10) best = list;
  }
  return best;
}
