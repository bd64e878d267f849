import assert from 'node:assert/strict';
import { test } from 'node:test';
import { categoryColumn, numberColumn } from '../../table/column.ts';
import { createDataset } from '../../table/dataset.ts';
import { createTable } from '../../table/table.ts';
import { exampleModel, examplePorts } from '../testing/example-task.ts';
import { explainHoldout } from './explain-holdout.ts';

const customers = (rows: number) =>
  createDataset(
    createTable([
      numberColumn(
        'tenure',
        Array.from({ length: rows }, (_, i) => (i % 40 === 7 ? null : (i * 7) % 30)),
      ),
      categoryColumn(
        'plan',
        Array.from({ length: rows }, (_, i) => (i % 3 === 0 ? 'gold' : 'basic')),
      ),
    ]),
    Array.from({ length: rows }, (_, i) => i % 2),
  );
const { fitted } = exampleModel();
const explain = (contract: Parameters<typeof explainHoldout>[2]) =>
  explainHoldout(
    fitted,
    { training: customers(500), holdout: customers(300) },
    contract,
    examplePorts.catalogue,
  );

test('explain hold-out: dots of a column stand by contribution, no customer to be found again; columns that add nothing are left out', () => {
  const { contributions, dependence } = explain({});
  assert.deepEqual([contributions.link, contributions.rows], ['probability', 200]);
  assert.deepEqual(
    contributions.columns.map(({ column }) => column),
    ['tenure'],
  );
  const { values, places } = contributions.columns[0]!;
  assert.equal(values.length, 200);
  assert.ok(values.every((value, i) => i === 0 || value >= values[i - 1]!));
  assert.ok(
    places.some((place) => place === null) &&
      places.every((place) => place === null || (place >= 0 && place <= 1)),
  );
  // A short tenure raises the score.
  assert.ok(places.at(-1)! < 0.2);
  assert.equal(dependence[0]!.column, 'tenure');
  const known = dependence[0]!.points.filter(({ value }) => value !== null);
  assert.ok(known[0]!.mean > known.at(-1)!.mean);
});

test('explain hold-out: personal columns have no dots, for a dot is a person', () => {
  const { contributions, dependence } = explain({ tenure: { personal: true, kind: 'number' } });
  assert.deepEqual(contributions.columns, []);
  assert.equal(dependence.length, 1);
});
