import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findMisplaced, findRenamed } from './renamed.ts';

const pairsOf = (found: ReturnType<typeof findRenamed>) =>
  found.map(({ column, nearest, by }) => [column, nearest, by]);

test('renamed: a near name is offered, a far one is not', () => {
  assert.deepEqual(pairsOf(findRenamed(['tenure', 'plan'], ['Tenure_Months', 'colour'])), [
    ['tenure', 'Tenure_Months', 'name'],
    ['plan', null, null],
  ]);
});

test('renamed: of two near names the one whose values fit is taken', () => {
  const fits: Record<string, number> = { charge_total: 0.1, charge_monthly: 0.95 };
  const [found] = findRenamed(['charges'], Object.keys(fits), (_, candidate) => fits[candidate]!);
  assert.deepEqual([found!.nearest, found!.by, found!.fit], ['charge_monthly', 'name and contents', 0.95]);
});

test('renamed: values alone are enough when they fit almost exactly and no other column does', () => {
  const alone = findRenamed(['plan'], ['f7', 'f8'], (_, candidate) => (candidate === 'f8' ? 0.97 : 0.2));
  assert.deepEqual(pairsOf(alone), [['plan', 'f8', 'contents']]);
  const open = findRenamed(['plan'], ['f7', 'f8'], () => 0.97);
  assert.deepEqual(pairsOf(open), [['plan', null, null]]);
});

test('renamed: a near name whose values do not fit is offered by its name, with the fit', () => {
  const [found] = findRenamed(['tenure'], ['Tenure'], () => 0.02);
  assert.deepEqual(found, { column: 'tenure', nearest: 'Tenure', by: 'name', fit: 0.02 });
});

test('renamed: a column is offered once, for the pair that fits best', () => {
  const found = findRenamed(['order', 'orders_total'], ['orders']);
  assert.deepEqual(pairsOf(found), [
    ['order', 'orders', 'name'],
    ['orders_total', null, null],
  ]);
});

/** Columns hold what `holds` says; values fit their own name only. */
const fitIn = (holds: Record<string, string>) => (wanted: string, column: string) =>
  holds[column] === wanted ? 0.98 : 0.1;

test('misplaced: swapped names and names moved by one are told with whose values they hold', () => {
  assert.deepEqual(findMisplaced(['a', 'b', 'c'], fitIn({ a: 'b', b: 'a', c: 'c' })), [
    { column: 'a', looksLike: 'b' },
    { column: 'b', looksLike: 'a' },
  ]);
  assert.equal(findMisplaced(['a', 'b', 'c'], fitIn({ a: 'b', b: 'c', c: 'a' })).length, 3);
});

test('misplaced: columns that fit themselves, or that only changed, are left alone', () => {
  assert.deepEqual(
    findMisplaced(['a', 'b'], () => 0.9),
    [],
  );
  assert.deepEqual(findMisplaced(['a', 'b'], fitIn({ a: 'x', b: 'y' })), []);
  assert.deepEqual(
    findMisplaced(['a', 'b'], () => null),
    [],
  );
});
