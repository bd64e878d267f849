import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { numberColumn, textColumn } from '../../table/column.ts';
import { createTable } from '../../table/table.ts';
import { repair } from '../testing/repair.ts';
import { deduplicate } from './deduplicate.ts';

const table = createTable([
  textColumn('id', ['a', 'b', null, 'a', null, 'b', 'c']),
  numberColumn('month', [1, 1, 1, 2, 1, 1, 1]),
]);

test('deduplicate: the last row of each id stays where it stands, rows without an id stay', () => {
  const { rows, message } = repair(deduplicate, table, { by: 'id' });
  assert.deepEqual(rows, [2, 3, 4, 5, 6]);
  assert.equal(message, 'deduplicate: 2 rows repeated id: the last was kept');
});

test('deduplicate: the first stays where asked; several columns name a row together', () => {
  assert.deepEqual(repair(deduplicate, table, { by: 'id', keep: 'first' }).rows, [0, 1, 2, 4, 6]);
  const { rows, message } = repair(deduplicate, table, { by: ['id', 'month'] });
  assert.deepEqual(rows, [0, 2, 3, 4, 5, 6]);
  assert.equal(message, 'deduplicate: 1 row repeated id, month: the last was kept');
});

test('deduplicate: nothing repeated is nothing to say', () => {
  const single = createTable([textColumn('id', ['a', 'b'])]);
  assert.deepEqual(repair(deduplicate, single, { by: 'id' }), { rows: [0, 1], message: null, table: single });
});

test('deduplicate: for any ids each stands once, and a second run changes nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 1 })), fc.constantFrom('first', 'last'), (ids, keep) => {
      const made = repair(deduplicate, createTable([textColumn('id', ids)]), { by: 'id', keep });
      assert.equal(made.rows.length, new Set(ids).size);
      const place = keep === 'first' ? ids.indexOf.bind(ids) : ids.lastIndexOf.bind(ids);
      assert.ok(made.rows.every((row) => place(ids[row]!) === row));
      assert.equal(repair(deduplicate, made.table, { by: 'id', keep }).message, null);
    }),
  );
});
