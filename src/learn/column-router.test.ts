import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columnNames } from '../table/table.ts';
import { exampleData } from './checks/data.ts';
import { columnRouter } from './column-router.ts';
import { columnsOut, describe, fitTransformer, transform } from './fit.ts';
import { centre, testCatalogue, testContext, total } from './testing/definitions.ts';

const data = exampleData();
const { ctx } = testContext();

test('router: columns stand in route order, those of no route are left out, sources are raw names', async () => {
  const fitted = await fitTransformer(
    columnRouter({
      routes: [
        { columns: ['contract'], steps: [] },
        { columns: ['callCount', 'tenureYears'], steps: [centre({ suffix: '-c' }), total()] },
      ],
    }),
    data,
    ctx,
  );
  const apart = columnRouter({
    routes: [
      { columns: ['contract'], steps: [] },
      { columns: ['callCount', 'tenureYears'], steps: [] },
    ],
  });
  assert.equal(
    describe(await fitTransformer(apart, data, ctx), testCatalogue),
    '3 columns passed on unchanged.',
  );
  assert.deepEqual(columnNames(transform(fitted, data.table, testCatalogue)), ['contract', 'total']);
  assert.deepEqual(columnsOut(fitted, testCatalogue), [
    { name: 'contract', kind: 'category', from: ['contract'] },
    { name: 'total', kind: 'number', from: ['callCount', 'tenureYears'] },
  ]);
  assert.equal(
    describe(fitted, testCatalogue),
    '1 column passed on unchanged. 2 columns centred. 2 columns added up.',
  );
});

test('router: a column may take several routes, as long as the results have names of their own', async () => {
  const routes = [
    { columns: ['callCount'], steps: [] },
    { columns: ['callCount'], steps: [centre({ suffix: '-c' })] },
  ];
  const fitted = await fitTransformer(columnRouter({ routes }), data, ctx);
  assert.deepEqual(columnNames(transform(fitted, data.table, testCatalogue)), ['callCount', 'callCount-c']);

  const clashing = columnRouter({ routes: [routes[0]!, routes[0]!] });
  await assert.rejects(fitTransformer(clashing, data, ctx), {
    code: 'column.clash',
    fields: { who: 'column-router', column: 'callCount' },
    message: 'column-router: two routes make a column callCount; rename one',
  });
});

test('router: a column that is not there is refused by name in its own name', async () => {
  await assert.rejects(
    fitTransformer(columnRouter({ routes: [{ columns: ['callCounts'], steps: [] }] }), data, ctx),
    {
      code: 'column.missing',
      fields: { who: 'column-router', column: 'callCounts' },
      message: /did you mean callCount\?/,
    },
  );
});

test('router: a route without columns fits nothing', async () => {
  const fitted = await fitTransformer(
    columnRouter({ routes: [{ columns: [], steps: [centre()] }] }),
    data,
    ctx,
  );
  assert.equal(transform(fitted, data.table, testCatalogue).columns.length, 0);
  assert.equal(transform(fitted, data.table, testCatalogue).rowCount, data.table.rowCount);
  assert.deepEqual(columnsOut(fitted, testCatalogue), []);
  assert.equal(describe(fitted, testCatalogue), 'All columns are left out.');
});

test('router: refuses a table without a column it was fitted on, whether a route takes it or not', async () => {
  const fitted = await fitTransformer(
    columnRouter({ routes: [{ columns: ['callCount'], steps: [centre()] }] }),
    data,
    ctx,
  );
  const numbers = exampleData({ kinds: ['number'] }).table;
  assert.throws(() => transform(fitted, numbers, testCatalogue), {
    code: 'column.missing',
    fields: { who: 'column-router', column: 'contract' },
  });
});
