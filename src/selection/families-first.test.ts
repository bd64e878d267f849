import assert from 'node:assert/strict';
import { test } from 'node:test';
import { familiesFirst } from './families-first.ts';

test('families first: five of each stand before a sixth of any, each in its order', () => {
  const of = (id: string, numbers: readonly number[]) =>
    numbers.map((number) => ({ candidate: { id, params: {} }, number }));
  const ranked = [...of('mlp', [1, 2, 3, 4, 5, 6, 7]), ...of('prior', [8]), ...of('random-forest', [9, 10])];
  assert.deepEqual(
    familiesFirst(ranked).map(({ number }) => number),
    [1, 2, 3, 4, 5, 8, 9, 10, 6, 7],
  );
  assert.deepEqual(familiesFirst([]), []);
});
