import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { booleanColumn, categoryColumn, numberColumn, textColumn } from '../../src/table/column.ts';
import { createDataset } from '../../src/table/dataset.ts';
import { createTable } from '../../src/table/table.ts';
import { handedBack, handOver } from './hand-over.ts';

test('hand-over: one column after the other, then labels and marks, missing values NaN, categories as codes', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-rows-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const table = createTable([
    numberColumn('charge', [1.5, null]),
    categoryColumn('plan', [null, 'b'], ['a', 'b']),
    booleanColumn('isPaperless', [false, null]),
  ]);
  handOver(folder, createDataset(table, [1, 0]), { test: [0, 1] });
  const missing = Number.NaN;
  assert.deepEqual([...handedBack(folder, 'rows')], [1.5, missing, missing, 1, 0, missing, 1, 0, 0, 1]);
  assert.deepEqual(JSON.parse(readFileSync(join(folder, 'rows.json'), 'utf8')), {
    rows: 2,
    columns: [
      { name: 'charge', kind: 'number' },
      { name: 'plan', kind: 'category', levels: ['a', 'b'] },
      { name: 'isPaperless', kind: 'number' },
    ],
    marks: ['test'],
  });
});

test('hand-over: text is refused by its name', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-rows-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const data = createDataset(createTable([textColumn('comment', ['x'])]), [1]);
  assert.throws(() => handOver(folder, data), /comment is text/);
});
