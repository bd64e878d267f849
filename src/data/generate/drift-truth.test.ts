import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numberColumn, valueAt } from '../../table/column.ts';
import { createTable } from '../../table/table.ts';
import { unitChange } from './drift/unit-change.ts';
import { driftTruthOf } from './drift-truth.ts';

const told = (charge: readonly (number | null)[], risk: readonly number[]) => ({
  table: createTable([numberColumn('charge', charge)]),
  truth: createTable([numberColumn('churnProbability', risk)]),
});

test('drift truth: means before, after and as they would have been, missing values left out, worked by hand', () => {
  const truth = driftTruthOf(
    { definition: unitChange, fromMs: Date.UTC(2026, 2, 1), size: 0.5 },
    { column: 'charge', change: 'cents', measure: 'mean' },
    told([1, 3, 100, null, 300], [0.1, 0.2, 0.5, 0.6, 0.7]),
    told([1, 3, 1, null, 3], [0.1, 0.2, 0.4, 0.4, 0.4]),
    Float64Array.from([0, 0, 0.5, 0.5, 0.5]),
  );
  const rows = [0, 1].map((row) =>
    Object.fromEntries(truth.columns.map((column) => [column.name, valueAt(column, row)])),
  );
  const common = {
    drift: 'unit-change',
    from: '2026-03-01T00:00:00.000Z',
    size: 0.5,
    change: 'cents',
    measure: 'mean',
  };
  assert.deepEqual(rows[0], {
    ...common,
    column: 'charge',
    before: 2,
    after: 200,
    afterWithoutDrift: 2,
    rowsBefore: 2,
    rowsAfter: 3,
  });
  assert.equal(rows[1]!.column, 'churnProbability');
  assert.ok(Math.abs((rows[1]!.after as number) - 0.6) < 1e-12);
  assert.ok(Math.abs((rows[1]!.afterWithoutDrift as number) - 0.4) < 1e-12);
});
