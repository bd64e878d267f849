import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numberColumn, textColumn } from '../../../table/column.ts';
import { drawn, lookAt, told } from '../testing/example.ts';
import { idColumn } from './id-column.ts';

const rows = 300;

test('id.column: texts, running numbers and long numbers that never repeat block as features', () => {
  const texts = textColumn(
    'ref',
    drawn(rows, 1, (_, row) => `k${row}`),
  );
  const counter = numberColumn(
    'n',
    drawn(rows, 1, (_, row) => row),
  );
  const long = numberColumn(
    'x',
    drawn(rows, 1, (_, row) => 500_000 + 13 * row),
  );
  assert.deepEqual(told(lookAt(idColumn, [texts, counter, long])), [
    ['block', 'ref'],
    ['block', 'n'],
    ['block', 'x'],
  ]);
});

test('id.column: a column that is not learned from is only noted', () => {
  const texts = textColumn(
    'ref',
    drawn(rows, 1, (_, row) => `k${row}`),
  );
  assert.deepEqual(told(lookAt(idColumn, [texts], { useOf: () => 'none' })), [['note', 'ref']]);
});

test('id.column: amounts, and what customers wrote, are no ids', () => {
  const amounts = numberColumn(
    'salary',
    drawn(rows, 2, (random) => random.uniform() * 1e5),
  );
  const letters = textColumn(
    'comment',
    drawn(rows, 2, (_, row) => `${'a long letter about the service '.repeat(3)}${row}`),
  );
  assert.deepEqual(lookAt(idColumn, [amounts, letters]), []);
});
