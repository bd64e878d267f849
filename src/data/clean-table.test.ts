import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { z } from 'zod';
import { categoryColumn, numberColumn, textColumn } from '../table/column.ts';
import { createTable } from '../table/table.ts';
import { allRepairs } from './clean/all.ts';
import { cleanSection } from './clean/section.ts';
import { cleanColumns, cleanTable } from './clean-table.ts';

const table = createTable([
  textColumn('id', ['a', null, 'a', 'b']),
  numberColumn('age', [-1, 2, 30, 40]),
  categoryColumn('plan', ['x', 'y', 'z', 'z']),
]);
const section = (entries: z.input<typeof cleanSection>) => cleanSection.parse(entries);
const steps = section([
  { repair: 'drop-missing', columns: ['id'] },
  { repair: 'deduplicate', by: 'id', keep: 'last' },
  { repair: 'set-missing', columns: ['age'], values: [40] },
]);

test('cleaning: repairs run in the order written, and each says what it did', () => {
  const cleaned = cleanTable(steps, table);
  assert.deepEqual([...cleaned.places], [2, 3]);
  assert.deepEqual(
    cleaned.notes.map(({ code, message }) => [code, message]),
    [
      ['clean.drop-missing', 'drop-missing: 1 row without id left out'],
      ['clean.deduplicate', 'deduplicate: 1 row repeated id: the last was kept'],
      ['clean.set-missing', 'set-missing: 1 value of age called missing'],
    ],
  );
  const age = cleaned.table.columns[1];
  assert.ok(age?.kind === 'number' && age.values[0] === 30 && Number.isNaN(age.values[1]));
});

test('cleaning: values that cannot be read go with their rows', () => {
  const unreadable = [
    { column: 'age', row: 0 },
    { column: 'age', row: 3 },
  ];
  assert.deepEqual(cleanTable(steps, table, unreadable).unreadable, [{ column: 'age', row: 1 }]);
});

test('cleaning: without repairs everything stays as it is', () => {
  const cleaned = cleanTable(section([]), table);
  assert.equal(cleaned.table, table);
  assert.deepEqual([[...cleaned.places], cleaned.notes], [[0, 1, 2, 3], []]);
});

test('cleaning: a column that is not there or of another kind is refused with the place in the file', () => {
  const refusedAt = (entries: z.input<typeof cleanSection>, message: RegExp) =>
    assert.throws(
      () => cleanTable(section(entries), table),
      (error: { code?: string; message: string }) => {
        assert.equal(error.code, 'project.value');
        assert.match(error.message, message);
        return true;
      },
    );
  refusedAt(
    [{ repair: 'drop-missing', columns: ['ags'] }],
    /^clean\.0: drop-missing names a column ags .*did you mean age\?/,
  );
  refusedAt(
    [{ repair: 'fill-forward', columns: ['age'], orderBy: 'plan' }],
    /^clean\.0: fill-forward needs a time, number column, plan is of kind category/,
  );
});

test('cleaning: the section knows every repair, and the columns that they need are known before reading', () => {
  const ids = cleanSection.unwrap().element.options.map((option) => option.shape.repair.value);
  assert.deepEqual(ids.toSorted(), allRepairs.map(({ id }) => id).toSorted());
  assert.deepEqual(cleanColumns(steps), ['id', 'age']);
});
