/** Many customers over real HTTP, a real model and a real log. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openSource } from '../../data/sources/open.ts';
import { valueAt } from '../../table/column.ts';
import { scoreFile } from '../../tasks/score.ts';
import { servedHere } from '../testing/served-here.ts';

const here = servedHere();

const post = (url: string, body: unknown) => here.workspace.post<Body>(url, body);
interface Body {
  requestId: string;
  predictions: { id: string; churnProbability: number; reasons?: string[] }[];
  churnProbability: number;
  code: string;
  errors: { path: string; message: string }[];
}

test('the same customers have the same scores to the last bit in a file, alone and together', async () => {
  const out = join(here.workspace.folder, 'scored.csv');
  const model = await here.workspace.app.models.load('latest');
  await scoreFile(
    { model, input: join(here.workspace.folder, 'customers.csv'), output: out, reasons: 0 },
    here.workspace.app,
  );
  const fromFile = readFileSync(out, 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => Number(line.split(',')[1]));
  const { body } = await post('/v1/predict', { customers: here.workspace.customers });
  assert.deepEqual(
    body.predictions.map(({ churnProbability }) => churnProbability),
    fromFile,
  );
  const alone = await Promise.all(
    here.workspace.customers.slice(0, 40).map((customer) => post('/predict', customer)),
  );
  assert.deepEqual(
    alone.map((answer) => answer.body.churnProbability),
    fromFile.slice(0, 40),
  );
});

test('an answered prediction is in the log with everything that was answered, and what was done to its values', async () => {
  const [first] = here.workspace.customers;
  const nullable = Object.entries(here.workspace.contract.columns).find(
    ([, rule]) => rule.nullable && rule.use === 'feature',
  )![0];
  const { body } = await post('/v1/predict', { customers: [first, { ...first, [nullable]: null }] });
  const rows = await here.log
    .selectFrom('prediction')
    .selectAll()
    .where('request_id', '=', body.requestId)
    .orderBy('row_index')
    .execute();
  assert.deepEqual(
    rows.map(({ row_index, score, status, slot, customer_id }) => [
      row_index,
      score,
      status,
      slot,
      customer_id,
    ]),
    body.predictions.map(({ churnProbability, id }, i) => [i, churnProbability, 200, 'live', id]),
  );
  // The first column that may be missing is a date, of which nothing is made.
  assert.deepEqual((JSON.parse(rows[1]!.handled!) as { missing: string[] }).missing, [nullable]);
  assert.notEqual(rows[0]!.features_hash, rows[1]!.features_hash);
  const values = await here.log
    .selectFrom('prediction_values')
    .selectAll()
    .where('request_id', '=', body.requestId)
    .orderBy('row_index')
    .execute();
  assert.equal(values.length, 2);
  const kept = JSON.parse(values[0]!.input) as Record<string, unknown>;
  for (const [name, value] of Object.entries(kept)) assert.equal(value, first![name] ?? null, name);
  for (const [name, { personal }] of Object.entries(here.workspace.contract.columns))
    assert.ok(!personal || !(name in kept), name);
});

test('reasons are those of score --reasons, as many as asked for and there are', async () => {
  const out = join(here.workspace.folder, 'reasons.csv');
  const model = await here.workspace.app.models.load('latest');
  await scoreFile(
    { model, input: join(here.workspace.folder, 'customers.csv'), output: out, reasons: 10 },
    here.workspace.app,
  );
  const file = await openSource(out);
  const columns = Array.from({ length: 10 }, (_, i) => `reason${i + 1}`);
  const { table } = await file.read(columns.map((name) => ({ name, kind: 'text' })));
  await file.close();
  const asked = here.workspace.customers.slice(0, 40);
  const { status, body } = await post('/v1/predict', { customers: asked, reasons: 10 });
  assert.equal(status, 200, JSON.stringify(body));
  for (const [row, { reasons }] of body.predictions.entries()) {
    const told = table.columns.map((column) => valueAt(column, row)).filter((text) => text !== null);
    assert.deepEqual(reasons, told);
    assert.ok(told.length >= 3);
  }
  const three = await post('/v1/predict', { customers: asked, reasons: 3 });
  assert.deepEqual(
    three.body.predictions.map(({ reasons }) => reasons),
    body.predictions.map(({ reasons }) => reasons!.slice(0, 3)),
  );
  const none = await post('/v1/predict', { customers: asked, reasons: 0 });
  assert.ok(none.body.predictions.every((one) => !('reasons' in one)));
});

test('reasons are bounded, and a refusal leaves no row in the log', async () => {
  const known = await here.logged();
  const [first] = here.workspace.customers;
  const cases: [unknown, string][] = [
    [{ customers: [first], reasons: 11 }, '/reasons'],
    [{ customers: [first], reasons: -1 }, '/reasons'],
    [{ customers: [first], reasons: '3' }, '/reasons'],
    [{ customers: [first], reasons: 1.5 }, '/reasons'],
    [{ customers: new Array(1001).fill(first), reasons: 1 }, '/customers'],
    [{ customers: new Array(10_001).fill(first) }, '/customers'],
  ];
  for (const [asked, path] of cases) {
    const { status, body } = await post('/v1/predict', asked);
    assert.deepEqual(
      [status, body.code, body.errors.map((one) => one.path)],
      [422, 'request.invalid', [path]],
    );
  }
  assert.equal(await here.logged(), known);
});
