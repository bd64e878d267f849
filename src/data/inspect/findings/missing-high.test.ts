import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numberColumn } from '../../../table/column.ts';
import { drawn, lookAt, told } from '../testing/example.ts';
import { missingHigh } from './missing-high.ts';

test('missing.high: a note from 40%, a warning from 70%, silent below and for a column without values', () => {
  const gaps = (name: string, missing: number) =>
    numberColumn(
      name,
      drawn(100, 1, (_, row) => (row < missing ? null : row)),
    );
  const found = lookAt(missingHigh, [gaps('a', 39), gaps('b', 40), gaps('c', 70), gaps('d', 100)]);
  assert.deepEqual(told(found), [
    ['note', 'b'],
    ['warn', 'c'],
  ]);
});
