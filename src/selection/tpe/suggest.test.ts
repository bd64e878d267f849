import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../base/random.ts';
import type { SearchRange } from '../../base/schema.ts';
import { isWithin } from '../search-space.ts';
import { goodCount, suggestPlace, suggestValue } from './suggest.ts';

test('suggest: the best tenth of the trials is good, at most 25', () => {
  assert.deepEqual([0, 1, 10, 11, 40, 1000].map(goodCount), [0, 1, 1, 2, 4, 25]);
});

test('suggest: values lie where good trials were and the others were not', () => {
  const near = (range: SearchRange, good: unknown[], bad: unknown[], is: (value: unknown) => boolean) => {
    const random = createRandom(3);
    const values = Array.from({ length: 40 }, () => suggestValue(range, good, bad, random));
    assert.ok(values.every((value) => isWithin(range, value)));
    return values.filter(is).length;
  };
  const linear: SearchRange = { type: 'linear', low: 0, high: 1 };
  assert.ok(
    near(linear, [0.2, 0.22, 0.19], [0.7, 0.8, 0.9, 0.5], (x) => Math.abs((x as number) - 0.2) < 0.2) > 35,
  );
  const log: SearchRange = { type: 'log', low: 1e-4, high: 1 };
  assert.ok(near(log, [1e-3, 2e-3, 1e-3], [0.5, 0.1, 0.2, 0.9], (x) => (x as number) < 0.02) > 35);
  const whole: SearchRange = { type: 'integer', low: 1, high: 50 };
  assert.ok(near(whole, [40, 42, 41], [3, 10, 20, 25], (x) => (x as number) > 32) > 35);
  const choice: SearchRange = { type: 'choice', values: [[32], [64], [64, 32]] };
  assert.ok(near(choice, [[64], [64]], [[32], [64, 32], [32]], (x) => (x as number[]).join() === '64') > 35);
});

test('suggest: without any trial every value is likely', () => {
  const random = createRandom(4);
  const places = Array.from({ length: 300 }, () => suggestPlace(3, [], [], random));
  for (const place of [0, 1, 2]) assert.ok(places.filter((one) => one === place).length > 60);
});
