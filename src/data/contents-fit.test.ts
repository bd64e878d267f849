import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../base/random.ts';
import { booleanColumn, categoryColumn, numberColumn, textColumn } from '../table/column.ts';
import { contentsFit } from './contents-fit.ts';
import { columnContract } from './contract.ts';

const random = createRandom(4);
const draws = (of: () => number, rows = 2000): number[] => Array.from({ length: rows }, of);
const rule = (text: object) => columnContract.parse(text);
const number = rule({ kind: 'number', min: 0 });
/** Four bins of equal mass between 0 and 100. */
const seen = { kind: 'number', edges: [0, 25, 50, 75, 100], counts: [500, 500, 500, 500] };

test('contents fit: numbers of the same distribution fit, others by their largest distance', () => {
  const same = numberColumn(
    'a',
    draws(() => random.uniform() * 100),
  );
  assert.ok(contentsFit(same, 0, number, seen)! > 0.95);
  const half = numberColumn(
    'a',
    draws(() => random.uniform() * 50),
  );
  assert.ok(Math.abs(contentsFit(half, 0, number, seen)! - 0.5) < 0.03);
  const far = numberColumn(
    'a',
    draws(() => 500),
  );
  assert.equal(contentsFit(far, 0, number, seen), 0);
});

test('contents fit: values that cannot be read count against it', () => {
  const column = numberColumn('a', [
    ...draws(() => random.uniform() * 100, 1000),
    ...draws(() => Number.NaN, 1000),
  ]);
  assert.ok(Math.abs(contentsFit(column, 1000, number, seen)! - 0.49) < 0.03);
  assert.ok(contentsFit(column, 0, number, seen)! > 0.95, 'missing ones do not');
});

test('contents fit: without training rows bounds and levels are all that is known', () => {
  const signed = numberColumn('a', [...draws(() => -1, 50), ...draws(() => 1, 50)]);
  assert.equal(contentsFit(signed, 0, number), 0.5);
  const plan = rule({ kind: 'category', levels: ['a', 'b'] });
  const levels = categoryColumn(
    'p',
    draws(() => 0, 100).map((_, i) => (i % 4 === 0 ? 'z' : 'a')),
  );
  assert.equal(contentsFit(levels, 0, plan), 0.75);
  assert.equal(contentsFit(levels, 0, rule({ kind: 'category' })), null);
});

test('contents fit: levels fit by the shares that they have in common', () => {
  const plan = rule({ kind: 'category', levels: [1, 2] });
  const shares = {
    kind: 'category',
    levels: [
      { level: '1', count: 75 },
      { level: '2', count: 25 },
    ],
  };
  const even = categoryColumn(
    'p',
    draws(() => 0, 100).map((_, i) => (i % 2 === 0 ? '1.0' : '2')),
  );
  assert.equal(contentsFit(even, 0, plan, shares), 0.75);
  const flag = booleanColumn(
    'f',
    draws(() => 0, 100).map((_, i) => i < 10),
  );
  const flags = {
    kind: 'boolean',
    levels: [
      { level: 'true', count: 1 },
      { level: 'false', count: 9 },
    ],
  };
  assert.equal(contentsFit(flag, 0, rule({ kind: 'boolean' }), flags), 1);
});

test('contents fit: few values, free text and another kind say nothing', () => {
  assert.equal(contentsFit(numberColumn('a', [1, 2]), 0, number, seen), null);
  const text = textColumn('t', draws(() => 0, 100).map(String));
  assert.equal(contentsFit(text, 0, rule({ kind: 'text' })), null);
  assert.equal(contentsFit(text, 0, number, seen), null);
});
