import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Contributions } from '../../learn/definition.ts';
import { logit } from '../../math/sigmoid.ts';
import { linearEnd, stackContributions } from './contributions.ts';

const of = (link: Contributions['link'], base: number, values: number[]): Contributions => ({
  link,
  base,
  columns: ['a', 'b'],
  values: Float64Array.from(values),
});

test('contributions: rows of zeros and of ones tell the line of the last model', () => {
  // -0.5 + 2 (x1 - 0.25) - 1 (x2 - 3), as linear contributions have it.
  const end = linearEnd({
    link: 'logit',
    base: -0.5,
    columns: ['model 1', 'model 2'],
    values: Float64Array.of(2 * -0.25, -1 * -3, 2 * 0.75, -1 * -2),
  });
  assert.deepEqual([end.intercept, ...end.weights], [2, 2, -1]);
});

test('contributions: parts in log-odds are weighed and added up, to the bit', () => {
  const end = { intercept: 0.5, weights: Float64Array.of(2, -1) };
  const made = stackContributions(end, [of('logit', -1, [0.5, 0.25]), of('logit', 1, [0, 0.5])], 9);
  assert.deepEqual([made.link, made.base, ...made.values], ['logit', -2.5, 1, 0]);
});

test('contributions: parts in probability, and those beyond what counts, are stretched and add up', () => {
  const end = { intercept: 0.1, weights: Float64Array.of(1.5) };
  const { base, values } = stackContributions(end, [of('probability', 0.4, [0.3, 0, 0.5, 0.2])], 3);
  assert.ok(Math.abs(base + values[0]! + values[1]! - (0.1 + 1.5 * logit(0.7))) < 1e-14);
  // A score above 1, by rounding or not, counts as the most.
  assert.ok(Math.abs(base + values[2]! + values[3]! - (0.1 + 1.5 * 3)) < 1e-14);
  const far = stackContributions(end, [of('logit', 1, [20, 0])], 3);
  assert.ok(Math.abs(far.base + far.values[0]! - (0.1 + 1.5 * 3)) < 1e-14);
});
