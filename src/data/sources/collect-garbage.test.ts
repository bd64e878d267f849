import assert from 'node:assert/strict';
import { test } from 'node:test';
import { collectGarbage } from './collect-garbage.ts';

test('collect garbage: what nobody holds is gone, what somebody holds stays', async () => {
  const held = { rows: 1 };
  const references = [new WeakRef(held), new WeakRef({ rows: 2 })];
  // A reference keeps its target until the turn ends.
  await new Promise((resolve) => setImmediate(resolve));
  collectGarbage();
  assert.deepEqual(
    references.map((reference) => reference.deref()?.rows),
    [held.rows, undefined],
  );
});
