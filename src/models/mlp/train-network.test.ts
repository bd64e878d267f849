import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertClose, readGolden } from '../../../golden/compare.ts';
import { createRandom, type Random } from '../../base/random.ts';
import { kernelScores } from '../../kernels/mlp/kernel-scores.ts';
import { openKernelTrainer } from '../../kernels/mlp/kernel-trainer.ts';
import { openPlainTrainer } from '../../kernels/mlp/plain-trainer.ts';
import { sigmoid } from '../../math/sigmoid.ts';
import { type Rows, type TrainingSettings, trainNetwork } from './train-network.ts';

interface Answer {
  readonly weights: number[];
  readonly epochs: number;
  readonly loss: number;
  readonly scores: number[];
  readonly accuracies?: number[];
}
const golden = readGolden<{
  columns: number;
  rows: number[][];
  labels: number[];
  rowWeights: number[];
  sizes: number[];
  start: number[];
  oneStep: Answer;
  oneWeightedStep: Answer;
  threeEpochs: Answer;
  weightedEpochs: Answer;
  byLoss: Answer;
  earlyStopping: Answer;
}>('models-depth-mlp');

const rowCount = golden.rows.length;
const matrix = { rows: rowCount, columns: golden.columns, values: Float64Array.from(golden.rows.flat()) };
/** Leaves every row where it is. */
const inOrder = { ...createRandom(1), shuffle: (items: unknown) => items } as Random;
const usual: TrainingSettings = {
  alpha: 0.01,
  learningRate: 0.02,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  batchSize: 16,
  maxEpochs: 400,
  patience: 10,
  tolerance: 1e-4,
};

function rowsFrom(from: number, to: number, isWeighted = false): Rows {
  return {
    matrix,
    labels: Uint8Array.from(golden.labels),
    weights: isWeighted ? Float64Array.from(golden.rowWeights) : new Float64Array(rowCount).fill(1),
    chosen: Int32Array.from({ length: to - from }, (_, i) => from + i),
  };
}

const train = (
  settings: Partial<TrainingSettings>,
  training: Rows,
  validation?: Rows,
  open = openPlainTrainer,
) =>
  trainNetwork({
    sizes: golden.sizes,
    start: Float64Array.from(golden.start),
    ...{ training, validation, open },
    settings: { ...usual, ...settings },
    shuffle: inOrder,
  });

const firstScores = (weights: Float64Array): Float64Array =>
  kernelScores(golden.sizes, weights)(8, (to, at, _from, count) =>
    to.set(matrix.values.subarray(0, count * matrix.columns), at),
  ).map(sigmoid);

function equalsGolden(trained: ReturnType<typeof train>, answer: Answer): void {
  const reason = 'the same sums in another order; Adam magnifies a rounding error where slopes are near 0';
  assert.equal(trained.epochs, answer.epochs);
  assertClose(trained.weights, answer.weights, { absolute: 1e-9, reason });
  assertClose(trained.loss, answer.loss, { relative: 1e-10, reason });
  const scores = firstScores(trained.weights);
  assertClose(scores, answer.scores, { absolute: 1e-9, reason });
}

test("train-network: one step on the whole batch equals scikit-learn's, with and without row weights", () => {
  const settings = { batchSize: rowCount, maxEpochs: 1 };
  const plain = train(settings, rowsFrom(0, rowCount));
  assertClose(plain.weights, golden.oneStep.weights, {
    absolute: 1e-13,
    reason: 'a first step of Adam is a sign, but for epsilon: sums in another order hardly matter',
  });
  equalsGolden(plain, golden.oneStep);
  equalsGolden(train(settings, rowsFrom(0, rowCount, true)), golden.oneWeightedStep);
});

test("train-network: epochs in batches, the last one shorter, equal scikit-learn's", () => {
  equalsGolden(train({ maxEpochs: 3 }, rowsFrom(0, rowCount)), golden.threeEpochs);
  equalsGolden(train({ maxEpochs: 3 }, rowsFrom(0, rowCount, true)), golden.weightedEpochs);
});

test("train-network: stopping by the loss comes in scikit-learn's epoch", () => {
  const trained = train({ patience: 3, tolerance: 5e-3 }, rowsFrom(0, rowCount));
  equalsGolden(trained, golden.byLoss);
  assert.equal(trained.isConverged, true);
  assert.ok(trained.epochs > 5 && trained.epochs < 400);
});

test("train-network: early stopping keeps the weights of the best epoch, as scikit-learn's", () => {
  const trained = train({ patience: 4 }, rowsFrom(0, rowCount - 12), rowsFrom(rowCount - 12, rowCount));
  equalsGolden(trained, golden.earlyStopping);
  const accuracies = golden.earlyStopping.accuracies!;
  assert.equal(trained.accuracy, Math.max(...accuracies));
  assert.ok(accuracies.indexOf(trained.accuracy!) < accuracies.length - 1, 'a later epoch was worse');
});

test("train-network: the compiled kernel stops in scikit-learn's epoch with its scores, to single precision", () => {
  const whole = rowsFrom(0, rowCount);
  const [training, validation] = [rowsFrom(0, rowCount - 12), rowsFrom(rowCount - 12, rowCount)];
  const cases: readonly [ReturnType<typeof train>, Answer][] = [
    [train({ maxEpochs: 3 }, whole, undefined, openKernelTrainer), golden.threeEpochs],
    [
      train({ maxEpochs: 3 }, rowsFrom(0, rowCount, true), undefined, openKernelTrainer),
      golden.weightedEpochs,
    ],
    [train({ patience: 3, tolerance: 5e-3 }, whole, undefined, openKernelTrainer), golden.byLoss],
    [train({ patience: 4 }, training, validation, openKernelTrainer), golden.earlyStopping],
  ];
  for (const [trained, answer] of cases) {
    assert.equal(trained.epochs, answer.epochs);
    const scores = firstScores(trained.weights);
    const reason = 'sums in single precision, and every step builds on the one before';
    assertClose(scores, answer.scores, { absolute: 1e-4, reason });
    assertClose(trained.loss, answer.loss, { relative: 1e-4, reason });
  }
});

test('train-network: the first weights are left as they were, and a stop ends it with its reason', () => {
  const start = Float64Array.from(golden.start);
  const rows = rowsFrom(0, rowCount);
  const twoEpochs = { sizes: golden.sizes, start, training: rows, settings: { ...usual, maxEpochs: 2 } };
  trainNetwork({ ...twoEpochs, shuffle: createRandom(1) });
  assert.deepEqual([...start], golden.start);
  assert.deepEqual([...rows.chosen], [...rowsFrom(0, rowCount).chosen]);
  const stop = new AbortController();
  stop.abort(new Error('enough'));
  assert.throws(() => trainNetwork({ ...twoEpochs, shuffle: createRandom(1), signal: stop.signal }), {
    message: 'enough',
  });
});
