import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../base/random.ts';
import { createCatalogue } from '../learn/catalogue.ts';
import { describe, score } from '../learn/fit.ts';
import { logisticRegression } from './logistic-regression.ts';
import { type MlpState, mlp } from './mlp.ts';
import { areaUnderRoc, dataOf, fitOn, tableOf } from './testing/fit.ts';

const catalogue = createCatalogue([mlp, logisticRegression], []);

/** Who leaves depends on the distance from the middle: no weighted sum of the two columns can tell. */
function ring(count: number, seed: number) {
  const random = createRandom(seed);
  const rows = Array.from({ length: count }, () => [random.normal(), random.normal()]);
  return { rows, labels: rows.map(([a, b]) => (a! * a! + b! * b! + 0.3 * random.normal() > 1.4 ? 1 : 0)) };
}
const training = ring(600, 1);
const fresh = ring(600, 2);
const data = dataOf(training.rows, training.labels);
const stateOf = (fitted: { state: unknown }): MlpState => fitted.state as MlpState;

test('mlp: learns a bent border that a weighted sum cannot', async () => {
  const quick = mlp({ hidden: [16], learningRate: 0.01, batchSize: 50 });
  const network = await fitOn(mlp, quick, data);
  const line = await fitOn(logisticRegression, logisticRegression(), data);
  const area = ({ fitted }: typeof line): number =>
    areaUnderRoc(fresh.labels, score(fitted, tableOf(fresh.rows), catalogue));
  assert.ok(area(network) > 0.95, `${area(network)}`);
  assert.ok(area(line) < 0.6, `${area(line)}`);
});

test('mlp: the seed decides the network', async () => {
  const fit = async (seed: number) => stateOf((await fitOn(mlp, mlp({ maxEpochs: 2 }), data, seed)).fitted);
  assert.deepEqual(await fit(3), await fit(3));
  assert.notDeepEqual((await fit(3)).weights, (await fit(4)).weights);
});

test('mlp: rows of weight 0 are never learned from nor set aside', async () => {
  const weights = training.labels.map((_, row) => row % 2);
  const flipped = training.labels.map((label, row) => (row % 2 === 0 ? 1 - label : label));
  const fit = async (labels: number[]) =>
    stateOf((await fitOn(mlp, mlp({ maxEpochs: 3 }), dataOf(training.rows, labels, weights))).fitted);
  assert.deepEqual(await fit(flipped), await fit(training.labels));
});

test('mlp: balanced classes raise the scores', async () => {
  const rare = training.labels.map((label, row) => (label === 1 && row % 3 === 0 ? 1 : 0));
  const mean = async (classWeight: 'none' | 'balanced'): Promise<number> => {
    const estimator = mlp({ learningRate: 0.01, earlyStopping: false, maxEpochs: 60, classWeight });
    const { fitted } = await fitOn(mlp, estimator, dataOf(training.rows, rare));
    const scores = score(fitted, tableOf(fresh.rows), catalogue);
    return scores.reduce((sum, p) => sum + p, 0) / scores.length;
  };
  assert.ok((await mean('balanced')) > (await mean('none')) + 0.1);
});

test('mlp: notes say when epochs ran out and when too few rows could be set aside', async () => {
  const codes = async (rows: number, maxEpochs: number): Promise<string[]> => {
    const few = dataOf(training.rows.slice(0, rows), training.labels.slice(0, rows));
    return (await fitOn(mlp, mlp({ maxEpochs, tolerance: 0 }), few)).notes.map((note) => note.code);
  };
  assert.deepEqual(await codes(600, 2), ['model.not-converged']);
  assert.deepEqual(await codes(12, 2), ['model.no-early-stopping', 'model.not-converged']);
});

test('mlp: a network that grows beyond all bounds is refused with advice', async () => {
  const wild = dataOf(
    training.rows.map(([a, b]) => [a! * 4e307, b!]),
    training.labels,
  );
  await assert.rejects(fitOn(mlp, mlp({ earlyStopping: false, learningRate: 10 }), wild), {
    code: 'learn.diverged',
  });
});

test('mlp: endless inputs of opposite effect give an even chance, never NaN', async () => {
  const { fitted } = await fitOn(mlp, mlp({ maxEpochs: 5 }), data);
  const far = tableOf([
    [1.7e308, -1.7e308],
    [-1.7e308, 1.7e308],
    [0, 0],
  ]);
  for (const p of score(fitted, far, catalogue)) assert.ok(p >= 0 && p <= 1);
});

test('mlp: a state whose weights do not fill its layers is refused, as is a row with a gap', async () => {
  const { fitted } = await fitOn(mlp, mlp({ hidden: [8, 4], maxEpochs: 1 }), data);
  const state = stateOf(fitted);
  const table = tableOf(fresh.rows.slice(0, 3));
  const broken = [
    { ...state, weights: state.weights.slice(1) },
    { ...state, sizes: [2, 8, 4, 2], weights: new Float64Array(74) },
    { ...state, sizes: [3, 8, 4, 1], weights: new Float64Array(73) },
    { ...state, sizes: [2, 8, 4.5, 1] },
  ];
  for (const other of broken)
    assert.throws(() => score({ ...fitted, state: other }, table, catalogue), { code: 'model.damaged' });
  const gap = tableOf([...fresh.rows.slice(0, 3), [1, Number.NaN], [Number.NaN, Number.NaN]]);
  assert.throws(() => score(fitted, gap, catalogue), {
    code: 'column.not-finite',
    message: /^mlp: column x1 is missing or infinite in 1 of 5 rows/,
  });
});

test('mlp: describes its shape', async () => {
  const { fitted } = await fitOn(mlp, mlp({ hidden: [8, 4], maxEpochs: 1 }), data);
  assert.equal(
    describe(fitted, catalogue),
    'Neural network on 2 columns with 8 and 4 hidden units, trained for 1 epoch.',
  );
});

test('mlp: fewer layers, fewer units and a stronger pull are simpler', () => {
  const of = (hidden: number[], alpha = 0.01): number[] => [
    ...mlp.simplicity({ ...(mlp({ hidden, alpha }).params as Parameters<typeof mlp.simplicity>[0]) }),
  ];
  assert.deepEqual(of([64]), [5, 1, 64, -0.01]);
  assert.ok(of([64])[1]! < of([8, 4])[1]! && of([32])[2]! < of([64])[2]! && of([32], 1)[3]! < of([32])[3]!);
});
