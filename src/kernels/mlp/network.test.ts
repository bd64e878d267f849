import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../base/random.ts';
import { drawWeights, layersOf } from './network.ts';

test('network: layers stand one after the other, weights before biases', () => {
  assert.deepEqual(layersOf([3, 4, 1]), {
    layers: [
      { inputs: 3, outputs: 4, weightAt: 0, biasAt: 12 },
      { inputs: 4, outputs: 1, weightAt: 16, biasAt: 20 },
    ],
    weightCount: 21,
  });
});

test('network: first weights fill each layer evenly up to its own bound', () => {
  const sizes = [40, 50, 10, 1];
  const weights = drawWeights(sizes, createRandom(3));
  for (const { inputs, outputs, weightAt, biasAt } of layersOf(sizes).layers.slice(0, 2)) {
    const bound = Math.sqrt(6 / (inputs + outputs));
    const own = weights.subarray(weightAt, biasAt + outputs);
    const most = own.reduce((top, value) => Math.max(top, Math.abs(value)), 0);
    assert.ok(most <= bound && most > 0.97 * bound);
    const meanSquare = own.reduce((sum, value) => sum + value * value, 0) / own.length;
    // An even spread over [-b, b] has variance b^2 / 3.
    assert.ok(Math.abs(meanSquare / ((bound * bound) / 3) - 1) < 0.12);
  }
});
