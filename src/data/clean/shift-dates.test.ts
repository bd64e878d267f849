import assert from 'node:assert/strict';
import { test } from 'node:test';
import { timeColumn } from '../../table/column.ts';
import { createTable, findColumn } from '../../table/table.ts';
import { cleanTable } from '../clean-table.ts';
import { repair } from '../testing/repair.ts';
import { cleanSection } from './section.ts';
import { shiftDates } from './shift-dates.ts';

const day = (text: string): number => Date.parse(text);
const table = createTable([
  timeColumn('last', [day('2014-01-20'), day('2018-01-21'), null, day('2018-01-21')]),
]);
const datesOf = (made: typeof table): (string | null)[] => {
  const column = findColumn(made, 'last');
  if (column?.kind !== 'time') throw new Error('no dates');
  return Array.from(column.values, (time) =>
    Number.isNaN(time) ? null : new Date(time).toISOString().slice(0, 10),
  );
};

test('shift-dates: a block of 1904 dates comes back to the others, missing ones stay missing', () => {
  const made = repair(shiftDates, table, { columns: ['last'], days: -1462, fromRow: 2 });
  assert.deepEqual(datesOf(made.table), ['2014-01-20', '2014-01-20', null, '2014-01-20']);
  assert.equal(made.message, 'shift-dates: 2 dates of last moved by -1462 days');
});

test('shift-dates: both ends of the block belong to it', () => {
  const made = repair(shiftDates, table, { columns: ['last'], days: 1, fromRow: 2, toRow: 2 });
  assert.deepEqual(datesOf(made.table), ['2014-01-20', '2018-01-22', null, '2018-01-21']);
});

test('shift-dates: rows are those of the file, also after others were left out', () => {
  const section = cleanSection.parse([
    { repair: 'drop-missing', columns: ['last'] },
    { repair: 'shift-dates', columns: ['last'], days: -1, fromRow: 4 },
  ]);
  assert.deepEqual(datesOf(cleanTable(section, table).table), ['2014-01-20', '2018-01-21', '2018-01-20']);
});
