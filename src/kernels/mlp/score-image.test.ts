import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scoreImage } from './score-image.ts';

test('score-image: words tell each layer, whose units are padded with zeros', () => {
  // Two columns, three units, one unit: 2 x 3 weights, 3 biases, 3 weights, 1 bias.
  const { bytes, roomBytes } = scoreImage(
    [2, 3, 1],
    Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13),
  );
  const words = [...new Uint32Array(bytes.buffer, 0, 8)];
  const [layers, columns, units, biasesAt, weightsAt, last, lastBias, lastWeights] = words;
  assert.deepEqual([layers, columns, units, last], [2, 2, 3, 1]);
  const numbers = (at: number | undefined, count: number): number[] => [
    ...new Float64Array(bytes.buffer, at, count),
  ];
  assert.deepEqual(numbers(biasesAt, 8), [7, 8, 9, 0, 0, 0, 0, 0]);
  assert.deepEqual(numbers(weightsAt, 16), [1, 2, 3, 0, 0, 0, 0, 0, 4, 5, 6, 0, 0, 0, 0, 0]);
  assert.deepEqual([...numbers(lastBias, 1), ...numbers(lastWeights, 3)], [13, 10, 11, 12]);
  assert.equal(roomBytes, 64);
});
