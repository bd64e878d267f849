import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { createRandom } from '../../base/random.ts';
import { allSplits, type SplitRows, splitIds, splitterOf } from './all.ts';

const count = 200;
const rows: SplitRows = {
  labels: Uint8Array.from({ length: count }, (_, row) => (row % 4 === 0 ? 1 : 0)),
  groups: Int32Array.from({ length: count }, (_, row) => Math.floor(row / 4)),
  times: Float64Array.from({ length: count }, (_, row) => (row * 37) % count),
};
const withoutGroups: SplitRows = { ...rows, groups: null };
const shares = { test: 0.2, validation: 0.2 };

test('splits: every id is unique, has a file of its name, a title and words, and is found', () => {
  const files = readdirSync(new URL('.', import.meta.url));
  assert.equal(new Set(splitIds).size, allSplits.length);
  for (const definition of allSplits) {
    assert.ok(files.includes(`${definition.id}.ts`), definition.id);
    assert.ok(definition.title.endsWith('.') && definition.words.length > 0);
  }
  for (const id of splitIds) assert.equal(splitterOf(id).id, id);
});

for (const { id, split, folds } of allSplits) {
  const seen = id === 'time' ? withoutGroups : rows;

  test(`${id}: no row stands in two parts, nor in both sides of a fold`, () => {
    const parts = split(seen, shares, createRandom(3));
    const all = [...parts.train, ...parts.validation, ...parts.test];
    assert.equal(new Set(all).size, all.length);
    const rounds = folds(seen, 4, createRandom(3), shares);
    assert.equal(rounds.length, 4);
    for (const { train, validation } of rounds) {
      assert.ok(train.length > 0 && validation.length > 0);
      assert.equal(new Set([...train, ...validation]).size, train.length + validation.length);
    }
  });

  test(`${id}: what it looks at is left as it was and the seed alone decides`, () => {
    const before = structuredClone(seen);
    const draw = (seed: number) => [
      split(seen, shares, createRandom(seed)),
      folds(seen, 4, createRandom(seed), shares),
    ];
    assert.deepEqual(draw(5), draw(5));
    assert.deepEqual(seen, before);
  });
}

test('time: with groups the folds keep them apart in place of going forward', () => {
  const { folds } = splitterOf('time');
  for (const { train, validation } of folds(rows, 4, createRandom(3), shares)) {
    const held = new Set(Array.from(validation, (row) => rows.groups![row]));
    assert.ok(train.every((row) => !held.has(rows.groups![row])));
    assert.equal(train.length + validation.length, count);
  }
});

test('grouped, time: without their column nothing is parted', () => {
  const bare: SplitRows = { ...rows, groups: null, times: null };
  for (const id of ['grouped', 'time'] as const)
    assert.throws(() => splitterOf(id).split(bare, shares, createRandom(1)), TypeError);
});
