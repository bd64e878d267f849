import assert from 'node:assert/strict';
import { test } from 'node:test';
import { timeColumn } from '../../../table/column.ts';
import { drawn, lookAt } from '../testing/example.ts';
import { timeExcel1904 } from './time-excel-1904.ts';

const day = 86_400_000;
const rows = 3000;
const start = Date.UTC(2008, 0, 1);
const dates = (seed: number, shift: (row: number) => number) =>
  drawn(rows, seed, (random, row) => start + (random.integer(2000) + shift(row)) * day);

test('time.excel-1904: the block at the end is found to the row, in every date column of the group', () => {
  const late = (row: number) => (row >= 2400 ? 1462 : 0);
  const found = lookAt(timeExcel1904, [timeColumn('a', dates(1, late)), timeColumn('b', dates(2, late))]);
  assert.deepEqual(
    found.map(({ column }) => column),
    ['a', 'b'],
  );
  const { firstRow, endRow, days, group } = found[0]!.evidence as Record<string, unknown>;
  assert.match(
    found[0]!.message,
    /clean: \[ \{ repair: shift-dates, columns: \[a, b\], days: -1462, fromRow: \d+ \} \], or export/,
  );
  assert.deepEqual([endRow, days, group], [rows, 1462, ['a', 'b']]);
  assert.ok(Math.abs((firstRow as number) - 2400) <= 5, String(firstRow));
});

test('time.excel-1904: a block in the middle that is earlier is found too', () => {
  const [found] = lookAt(timeExcel1904, [
    timeColumn(
      'a',
      dates(3, (row) => (row >= 900 && row < 1500 ? -1462 : 0)),
    ),
  ]);
  const { firstRow, endRow, days } = found!.evidence as Record<string, number>;
  assert.ok(Math.abs(firstRow! - 900) <= 10 && Math.abs(endRow! - 1500) <= 10, `${firstRow} ${endRow}`);
  assert.equal(days, -1462);
});

test('time.excel-1904: dates as they are, another shift and a sorted file are no such block', () => {
  const look = (values: number[]) => lookAt(timeExcel1904, [timeColumn('a', values)]);
  assert.deepEqual(look(dates(4, () => 0)), []);
  assert.deepEqual(look(dates(5, (row) => (row >= 2400 ? 900 : 0))), []);
  assert.deepEqual(look(dates(6, () => 0).sort()), []);
});

test('time.excel-1904: for any small table with dates over many years chance is no shift', () => {
  for (let seed = 0; seed < 150; seed++) {
    const count = 60 + 12 * seed;
    const years = 3 + (seed % 12);
    const values = drawn(count, seed, (random) => start + random.integer(365 * years) * day);
    assert.deepEqual(lookAt(timeExcel1904, [timeColumn('a', values)]), [], `seed ${seed}`);
  }
});
