import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../base/random.ts';
import { foldRows, stratifiedFolds } from '../../data/splits/stratified-folds.ts';
import { innerFolds } from './inner-folds.ts';

const labels = Uint8Array.from({ length: 120 }, (_, row) => (row % 4 === 0 ? 1 : 0));
const random = () => createRandom(5).fork('folds');
const groupsOf = (count: number) => Int32Array.from(labels, (_, row) => row % count);

test('inner folds: rows of a group are never parted', () => {
  const groups = groupsOf(30);
  const folds = innerFolds('stacking', { labels, groups }, 4, random());
  assert.equal(folds.length, 4);
  assert.equal(new Set(folds.flatMap(({ validation }) => [...validation])).size, 120);
  for (const { train, validation } of folds) {
    const held = new Set(validation.map((row) => groups[row]!));
    assert.ok(train.every((row) => !held.has(groups[row]!)));
    assert.ok(validation.some((row) => labels[row] === 1));
  }
});

test('inner folds: without groups, and where they are too few, rows are stratified', () => {
  const stratified = foldRows(stratifiedFolds(labels, 4, random()), 4);
  assert.deepEqual(innerFolds('stacking', { labels, groups: null }, 4, random()), stratified);
  assert.deepEqual(innerFolds('stacking', { labels, groups: groupsOf(2) }, 4, random()), stratified);
});

test('inner folds: too few rows of an outcome are said with the model whose folds they are', () => {
  const few = Uint8Array.from({ length: 50 }, (_, row) => (row < 3 ? 1 : 0));
  assert.throws(() => innerFolds('stacking', { labels: few, groups: null }, 5, random()), {
    code: 'data.too-few',
    message: /^stacking: 3 churned and 47 stayed rows .*lower folds of stacking/,
    fields: { who: 'stacking', folds: 5, churned: 3, stayed: 47 },
  });
});
