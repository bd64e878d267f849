import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { booleanColumn, categoryColumn, numberColumn, timeColumn } from '../../table/column.ts';
import { rowsFromTable } from '../../table/rows.ts';
import { createTable } from '../../table/table.ts';
import { openSource } from './open.ts';
import { writeTable } from './write-table.ts';

test('write table: every kind comes back as it was, missing values too, from CSV and Parquet', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-write-table-'));
  const table = createTable([
    numberColumn('charge', [1.25, null, -3]),
    categoryColumn('plan', ['basic', 'gold', null]),
    booleanColumn('paperless', [true, false, null]),
    timeColumn('joined', [Date.UTC(2020, 1, 29), null, Date.UTC(1999, 11, 31, 23, 59)]),
    timeColumn('day', [Date.UTC(2020, 1, 29), null, Date.UTC(1969, 6, 20)]),
  ]);
  try {
    for (const extension of ['csv', 'parquet']) {
      const path = join(folder, `table.${extension}`);
      await writeTable(path, table, { mode: 0o600 });
      if (process.platform !== 'win32') assert.equal(statSync(path).mode & 0o777, 0o600);
      if (extension === 'csv')
        assert.match(readFileSync(path, 'utf8'), /,true,2020-02-29T00:00:00.000Z,2020-02-29\n/);
      const source = await openSource(path);
      try {
        const read = await source.read(table.columns.map(({ name, kind }) => ({ name, kind })));
        assert.deepEqual(rowsFromTable(read.table), rowsFromTable(table), extension);
      } finally {
        await source.close();
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
