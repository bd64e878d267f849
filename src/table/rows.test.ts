import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { plainEqual } from '../base/plain.ts';
import {
  booleanColumn,
  type ColumnKind,
  categoryColumn,
  numberColumn,
  textColumn,
  timeColumn,
} from './column.ts';
import { parseIsoTime, type RowColumn, rowsFromTable, tableFromRows } from './rows.ts';
import { createTable, findColumn } from './table.ts';

const columns: RowColumn[] = [
  { name: 'tenure', kind: 'number' },
  { name: 'plan', kind: 'category' },
  { name: 'senior', kind: 'boolean' },
  { name: 'joined', kind: 'time' },
  { name: 'note', kind: 'text' },
];

describe('rows', () => {
  it('each kind is read from its JSON type', () => {
    const { table, unread } = tableFromRows(
      [
        { tenure: 1.5, plan: 'b', senior: true, joined: '2024-02-29', note: 'hello' },
        { tenure: 0, plan: 'a', senior: false, joined: '2024-02-29T12:00:00.5+01:00', note: '' },
      ],
      columns,
    );
    assert.deepEqual(unread, []);
    assert.deepEqual(findColumn(table, 'tenure'), { ...columns[0], values: Float64Array.of(1.5, 0) });
    assert.deepEqual(findColumn(table, 'plan'), {
      ...columns[1],
      codes: Int32Array.of(1, 0),
      levels: ['a', 'b'],
    });
    assert.deepEqual(findColumn(table, 'senior'), { ...columns[2], values: Int8Array.of(1, 0) });
    assert.deepEqual(findColumn(table, 'joined'), {
      ...columns[3],
      values: Float64Array.of(Date.UTC(2024, 1, 29), Date.UTC(2024, 1, 29, 11, 0, 0, 500)),
    });
    assert.deepEqual(findColumn(table, 'note'), { ...columns[4], values: ['hello', ''] });
  });

  it('null and absent are missing, silently; keys that no column names are left out', () => {
    const { table, unread } = tableFromRows([{ tenure: null, extra: 1 }], columns);
    assert.deepEqual(unread, []);
    assert.deepEqual(rowsFromTable(table), [
      { tenure: null, plan: null, senior: null, joined: null, note: null },
    ]);
  });

  it('a value of another type is missing and reported by row and column', () => {
    const wrong: Record<ColumnKind, unknown[]> = {
      number: ['1', true, Number.NaN, Number.POSITIVE_INFINITY, [], {}],
      category: [1, true, []],
      boolean: ['true', 1, 0],
      time: [0, 'yesterday', '2024-02-30', '2024-13-01', '2024-01-01T25:00', '2024'],
      text: [1, false, {}],
    };
    for (const { name, kind } of columns) {
      const rows = wrong[kind].map((value) => ({ [name]: value }));
      const { table, unread } = tableFromRows(rows, [{ name, kind }]);
      assert.deepEqual(
        unread,
        rows.map((_, row) => ({ row, column: name, expected: kind })),
      );
      assert.deepEqual(rowsFromTable(table), Array(rows.length).fill({ [name]: null }));
    }
  });

  it('a category whose levels are numbers or booleans takes those', () => {
    const { table, unread } = tableFromRows(
      [{ senior: 1 }, { senior: 7 }, { senior: true }],
      [{ name: 'senior', kind: 'category', levels: [0, 1] }],
    );
    assert.deepEqual(rowsFromTable(table), [{ senior: '1' }, { senior: '7' }, { senior: null }]);
    assert.equal(unread.length, 1);
  });

  it('a column named like something every object has is found only when the row has it', () => {
    const { table } = tableFromRows([{}], [{ name: 'constructor', kind: 'text' }]);
    assert.deepEqual(rowsFromTable(table), [{ constructor: null }]);
  });

  it('times without a zone are UTC, wherever the machine stands', () => {
    assert.equal(parseIsoTime('2024-03-31T02:30'), Date.UTC(2024, 2, 31, 2, 30));
    assert.equal(parseIsoTime('2024-03-31 02:30:15'), Date.UTC(2024, 2, 31, 2, 30, 15));
    assert.equal(parseIsoTime('+012024-03-31T00:00:00.000Z'), Date.UTC(12024, 2, 31));
    assert.equal(parseIsoTime('1900-02-29'), Number.NaN);
    assert.equal(parseIsoTime('2000-02-29'), Date.UTC(2000, 1, 29));
    assert.equal(parseIsoTime('2024-01-01T00:00:00Z; drop'), Number.NaN);
  });

  it('for any table: its rows as JSON text give the same values back', () => {
    const column = fc.record({
      tenure: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)),
      plan: fc.option(fc.string()),
      senior: fc.option(fc.boolean()),
      joined: fc.option(fc.date({ noInvalidDate: true }).map((date) => date.getTime())),
      note: fc.option(fc.string()),
    });
    fc.assert(
      fc.property(fc.array(column, { maxLength: 8 }), (rows) => {
        const table = createTable([
          numberColumn(
            'tenure',
            rows.map((row) => row.tenure),
          ),
          categoryColumn(
            'plan',
            rows.map((row) => row.plan),
          ),
          booleanColumn(
            'senior',
            rows.map((row) => row.senior),
          ),
          timeColumn(
            'joined',
            rows.map((row) => row.joined),
          ),
          textColumn(
            'note',
            rows.map((row) => row.note),
          ),
        ]);
        const text = JSON.stringify(rowsFromTable(table));
        const read = tableFromRows(JSON.parse(text), columns);
        assert.deepEqual(read.unread, []);
        assert.ok(plainEqual(read.table, table));
      }),
    );
  });
});
