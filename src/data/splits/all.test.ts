import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { createRandom } from '../../base/random.ts';
import { allSplits, splitIds, splitterOf } from './all.ts';

const labels = Uint8Array.from({ length: 200 }, (_, row) => (row % 4 === 0 ? 1 : 0));

test('splits: every id is unique, has a file of its name and a title, and is found', () => {
  const files = readdirSync(new URL('.', import.meta.url));
  assert.equal(new Set(splitIds).size, allSplits.length);
  for (const definition of allSplits) {
    assert.ok(files.includes(`${definition.id}.ts`), definition.id);
    assert.ok(definition.title.endsWith('.'));
  }
  for (const id of splitIds) assert.equal(splitterOf(id).id, id);
});

for (const { id, split, folds } of allSplits) {
  test(`${id}: no row stands in two parts, nor in both sides of a fold`, () => {
    const parts = split({ labels }, { test: 0.2, validation: 0.2 }, createRandom(3));
    const rows = [...parts.train, ...parts.validation, ...parts.test];
    assert.equal(new Set(rows).size, rows.length);
    const rounds = folds({ labels }, 4, createRandom(3));
    assert.equal(rounds.length, 4);
    for (const { train, validation } of rounds) {
      assert.ok(train.length > 0 && validation.length > 0);
      assert.equal(new Set([...train, ...validation]).size, train.length + validation.length);
    }
  });

  test(`${id}: labels are left as they were and the seed alone decides`, () => {
    const before = labels.slice();
    const draw = (seed: number) => [
      split({ labels }, { test: 0.2, validation: 0.2 }, createRandom(seed)),
      folds({ labels }, 4, createRandom(seed)),
    ];
    assert.deepEqual(draw(5), draw(5));
    assert.deepEqual(labels, before);
  });
}
