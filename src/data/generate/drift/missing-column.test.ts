import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeDrifted } from '../testing/drifted.ts';

test('missing-column: the column is empty after the day and full before, and nobody leaves who would not have', () => {
  const { made, calm, before, after, told } = makeDrifted('missing-column');
  const values = made.numbers('lastOrderDays');
  assert.ok(before.every((row) => !Number.isNaN(values[row]!)));
  assert.ok(after.every((row) => Number.isNaN(values[row]!)));
  assert.deepEqual(told, { before: 0, after: 1, afterWithoutDrift: 0 });
  for (const row of after) assert.equal(made.isChurned(row), calm.isChurned(row));
});

test('missing-column: at size 0.3 three in ten are missing', () => {
  const { told, after } = makeDrifted('missing-column', { driftSize: 0.3 });
  assert.ok(Math.abs(told.after - 0.3) < 4 * Math.sqrt(0.21 / after.length), `${told.after}`);
});
