import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../base/random.ts';
import { orderedRates } from './ordered-rates.ts';

const count = 2000;
const every = Int32Array.from({ length: count }, (_, row) => row);
const weights = new Float64Array(count).fill(1);

test('ordered-rates: the rate of a level is that of its training rows and one more of the general rate', () => {
  const places = Float64Array.of(0, 0, 0, 1, Number.NaN, 1, 0);
  const labels = Uint8Array.of(1, 1, 0, 0, 1, 1, 1);
  const rowWeights = Float64Array.of(1, 1, 1, 2, 1, 9, 9);
  const training = Int32Array.of(0, 1, 2, 3, 4);
  const { rates, values } = orderedRates(
    ...([places, 3, { labels, weights: rowWeights }, training, createRandom(1)] as const),
  );
  assert.deepEqual([...rates], [2.5 / 4, 0.5 / 3, 0.5]);
  // Rows outside of training take the rates as they are; the missing level has none.
  assert.deepEqual([values[5], values[6], values[4]], [rates[1], rates[0], Number.NaN]);
});

test('ordered-rates: a training row is told by rows before it only, the first of a level by the general rate', () => {
  const labels = Uint8Array.from(every, (row) => row % 2);
  const single = orderedRates(Float64Array.from(every), count, { labels, weights }, every, createRandom(2));
  assert.deepEqual([...new Set(single.values)], [0.5]);
  const one = orderedRates(new Float64Array(count), 1, { labels, weights }, every, createRandom(2));
  assert.equal(one.values.filter((value) => value === 0.5).length >= 1, true);
  assert.ok(new Set(one.values).size > count / 4);
});

test('ordered-rates: for levels that tell nothing the rates tell nothing of the outcome, where plain ones would', () => {
  const random = createRandom(3);
  const labels = Uint8Array.from(every, () => random.integer(2));
  const places = Float64Array.from(every, () => random.integer(700));
  const { rates, values } = orderedRates(places, 700, { labels, weights }, every, createRandom(4));
  const gap = (of: (row: number) => number): number => {
    const mean = (label: number): number => {
      const own = [...every].filter((row) => labels[row] === label);
      return own.reduce((sum, row) => sum + of(row), 0) / own.length;
    };
    return mean(1) - mean(0);
  };
  assert.ok(Math.abs(gap((row) => values[row]!)) < 0.03);
  assert.ok(gap((row) => rates[places[row]!]!) > 0.15);
});
