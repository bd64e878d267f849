import assert from 'node:assert/strict';
import { test } from 'node:test';
import { categoryColumn, numberColumn } from '../../table/column.ts';
import { inspectTable } from './inspect-table.ts';
import { prepareInspection } from './prepare.ts';
import { mostColumns, tableOverview } from './table-overview.ts';

const rows = 200;
const labels = Uint8Array.from({ length: rows }, (_, i) => ((i * 7) % 3 === 0 ? 1 : 0));
const noise = (name: string, step: number) =>
  numberColumn(
    name,
    Array.from({ length: rows }, (_, i) => (i * step) % 97),
  );
const telling = categoryColumn(
  'telling',
  Array.from(labels, (label, i) => (i % 5 === 0 ? 'x' : label === 1 ? 'y' : 'z')),
);

test('table overview: the column that ranks customers best comes first; findings without their evidence', () => {
  const inspection = prepareInspection({ columns: [noise('noise', 13), telling], labels, target: 'churned' });
  const findings = inspectTable(inspection);
  const overview = tableOverview(inspection, findings);
  assert.deepEqual(
    overview.columns.map(({ column }) => column),
    ['telling', 'noise'],
  );
  assert.deepEqual([overview.rows, overview.columnCount], [rows, 2]);
  assert.equal(
    overview.churned,
    labels.reduce((sum, label) => sum + label, 0),
  );
  assert.equal(overview.findings.length, findings.length);
  for (const finding of overview.findings)
    assert.deepEqual(Object.keys(finding), ['code', 'severity', 'column', 'message']);
});

test('table overview: of very many columns the last are left out, and counted', () => {
  const columns = Array.from({ length: mostColumns + 5 }, (_, i) => noise(`c${i}`, 3 + i));
  const inspection = prepareInspection({ columns: [...columns, telling], labels, target: 'churned' });
  const overview = tableOverview(inspection, []);
  assert.deepEqual([overview.columns.length, overview.columnCount], [mostColumns, mostColumns + 6]);
  assert.equal(overview.columns[0]!.column, 'telling');
});

test('table overview: of a private column only counts and figures are told', () => {
  const inspection = prepareInspection({ columns: [telling, noise('noise', 13)], labels, target: 'churned' });
  const { columns } = tableOverview(inspection, [], () => true);
  for (const { groups, histogram, spread } of columns)
    assert.deepEqual([groups, histogram, spread], [[], [], null]);
  assert.ok(!JSON.stringify(columns).includes('"y"'));
  assert.ok(columns[0]!.auc > 0.8);
});
