import assert from 'node:assert/strict';
import { test } from 'node:test';
import { categoryColumn } from '../../../table/column.ts';
import { drawn, lookAt } from '../testing/example.ts';
import { rareLevels } from './rare-levels.ts';

test('rare.levels: levels of fewer than 10 customers are counted, and other spellings of common ones', () => {
  const levels = drawn(600, 1, (_, row) =>
    row < 3 ? 'WEB' : row === 3 ? 'kiosk' : row % 2 ? 'web' : 'store',
  );
  const [found] = lookAt(rareLevels, [categoryColumn('channel', levels)]);
  assert.deepEqual(found?.evidence, { levels: 2, of: 4, rows: 4, spellings: 1 });
});

test('rare.levels: common levels are not told', () => {
  assert.deepEqual(
    lookAt(rareLevels, [
      categoryColumn(
        'c',
        drawn(600, 1, (_, row) => `l${row % 5}`),
      ),
    ]),
    [],
  );
});
