import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeDrifted } from '../testing/drifted.ts';

test('unit-change: after the day every value is a hundredfold, to the cent, and nothing else changes', () => {
  const { made, calm, before, after } = makeDrifted('unit-change');
  const [now, then] = [made, calm].map((one) => one.numbers('spend12m')) as [Float64Array, Float64Array];
  for (const row of before) assert.equal(now[row], then[row]);
  for (const row of after) {
    assert.equal(now[row], Math.round(then[row]! * 100));
    assert.equal(made.isChurned(row), calm.isChurned(row));
  }
});
