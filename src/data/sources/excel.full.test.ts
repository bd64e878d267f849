import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sharedData } from '../../../tools/shared-data.ts';
import type { ReadColumn } from '../source.ts';
import { openSource } from './open.ts';

const csv = sharedData('storedata_total.csv');
const excel = sharedData('storedata_total.xlsx');

test('excel: storedata_total.xlsx, which counts days from 1904, equals its CSV copy in ids, numbers and all dates', {
  skip: csv && excel ? false : 'shared/data is not there',
}, async () => {
  const dates = ['created', 'firstorder', 'lastorder'];
  const numbers = [
    'retained',
    'esent',
    'eopenrate',
    'eclickrate',
    'avgorder',
    'ordfreq',
    'paperless',
    'refill',
  ];
  const texts = ['custid', 'favday', 'city'];
  const read = async (path: string, isText: boolean) => {
    const source = await openSource(path);
    const stored = new Map(source.columns.map((column) => [column.name, column.stored]));
    const wanted: ReadColumn[] = [
      ...dates.map((name) => ({ name, kind: 'time' as const, ...(isText && { dateFormat: 'dd-MM-yyyy' }) })),
      ...numbers.map((name) => ({ name, kind: 'number' as const })),
      ...texts.map((name) => ({ name, kind: 'text' as const })),
    ];
    const { table, unreadable } = await source.read(wanted);
    await source.close();
    return { table, stored, unreadable: unreadable.length, rows: source.rowCount, notes: source.notes };
  };
  const expected = await read(csv!, true);
  const found = await read(excel!, false);
  assert.equal(found.rows, 30_801);
  assert.equal(found.stored.get('created'), 'time');
  assert.equal(found.notes.length, 1);
  assert.equal(found.unreadable, expected.unreadable);
  for (const [c, column] of found.table.columns.entries()) {
    const copy = expected.table.columns[c]!;
    if (column.kind === 'number' && copy.kind === 'number') {
      // The copy holds what Excel shows: 9 decimals of a number below 1.
      const worst = column.values.reduce((most, value, row) => {
        const other = copy.values[row]!;
        return Object.is(value, other) ? most : Math.max(most, Math.abs(value - other));
      }, 0);
      assert.ok(worst <= 5.1e-10, `${column.name}: ${worst}`);
    } else if (column.kind === 'text' && copy.kind === 'text') {
      // Ids such as 672E4 became numbers in the workbook, which the copy shows as 6.72E+06.
      const isEqual = (a: string | null, b: string | null) => a === b || Number(a) === Number(b);
      assert.ok(
        column.values.every((value, row) => isEqual(value, copy.values[row]!)),
        column.name,
      );
    } else assert.deepEqual(column, copy, column.name);
  }
});
