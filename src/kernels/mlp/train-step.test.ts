import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../base/random.ts';
import { drawWeights, layersOf } from './network.ts';
import { adamStep, createAdam, createWorkspace, lossAndGradient } from './train-step.ts';

const sizes = [3, 5, 4, 1];
const { layers, weightCount } = layersOf(sizes);
const rows = 7;
const random = createRandom(11);
const labels = Uint8Array.of(1, 0, 0, 1, 1, 0, 1);
const rowWeights = Float64Array.of(1, 2, 0.5, 1, 3, 1, 1);

function batch() {
  const workspace = createWorkspace(layers, weightCount, rows);
  const stream = random.fork('batch');
  for (let i = 0; i < rows * 3; i++) workspace.outputs[0]![i] = stream.normal();
  return workspace;
}

test('train-step: the gradient is the slope of the loss in every weight and bias', () => {
  const workspace = batch();
  const weights = drawWeights(sizes, random.fork('weights'));
  const lossAt = (): number => lossAndGradient(workspace, weights, labels, rowWeights, rows, 0.3);
  lossAt();
  const gradient = workspace.gradient.slice();
  const step = 1e-6;
  for (let i = 0; i < weightCount; i++) {
    const kept = weights[i]!;
    weights[i] = kept + step;
    const above = lossAt();
    weights[i] = kept - step;
    const below = lossAt();
    weights[i] = kept;
    // A central difference is off by about step^2; rounding of the loss adds 1e-10.
    assert.ok(Math.abs((above - below) / (2 * step) - gradient[i]!) < 1e-8, `weight ${i}`);
  }
});

test('train-step: Adam first moves every weight by the learning rate against its slope', () => {
  const weights = Float64Array.of(1, 1, 1);
  const settings = { learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-12 };
  adamStep(weights, Float64Array.of(5, -0.002, 0), createAdam(3), settings);
  [0.99, 1.01, 1].forEach((due, i) => {
    assert.ok(Math.abs(weights[i]! - due) < 1e-9);
  });
});

test('train-step: rows of weight 2 cost what the rows twice cost', () => {
  const weights = drawWeights(sizes, random.fork('weights'));
  const once = batch();
  const loss = lossAndGradient(once, weights, labels, new Float64Array(rows).fill(2), rows, 0);
  const twice = createWorkspace(layers, weightCount, 2 * rows);
  twice.outputs[0]!.set(batch().outputs[0]!);
  twice.outputs[0]!.copyWithin(rows * 3, 0, rows * 3);
  const ones = new Float64Array(2 * rows).fill(1);
  const other = lossAndGradient(twice, weights, Uint8Array.of(...labels, ...labels), ones, 2 * rows, 0);
  assert.ok(Math.abs(loss - other) < 1e-14);
  once.gradient.forEach((slope, i) => {
    assert.ok(Math.abs(slope - twice.gradient[i]!) < 1e-14);
  });
});
