import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sigmoid } from '../../math/sigmoid.ts';
import { rescaled } from './rescaled.ts';

const parts = {
  link: 'logit',
  base: -1,
  columns: ['a', 'b'],
  values: Float64Array.of(0.5, -0.25, 1, -1, 0, 0),
} as const;

test('rescaled: parts of a row add up again after the map, stretched alike', () => {
  const { link, base, columns, values } = rescaled(parts, 'probability', sigmoid);
  assert.deepEqual([link, base, columns], ['probability', sigmoid(-1), parts.columns]);
  assert.ok(Math.abs(base + values[0]! + values[1]! - sigmoid(-0.75)) < 1e-15);
  assert.ok(Math.abs(values[0]! / values[1]! + 2) < 1e-14);
});

test('rescaled: a row at the average has no parts, also where they cancel out', () => {
  assert.deepEqual([...rescaled(parts, 'probability', sigmoid).values.subarray(2)], [0, 0, 0, 0]);
});

test('rescaled: the parts handed in stay as they are, and no columns give none', () => {
  rescaled(parts, 'logit', (z) => 2 * z);
  assert.deepEqual([...parts.values], [0.5, -0.25, 1, -1, 0, 0]);
  const none = rescaled({ ...parts, columns: [], values: new Float64Array(0) }, 'logit', (z) => 2 * z);
  assert.deepEqual([none.base, none.values.length], [-2, 0]);
});
