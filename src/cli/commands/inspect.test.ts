import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { newPlace, type Place } from '../testing/holdfast.ts';

let place: Place;
before(async () => {
  place = newPlace();
  assert.equal((await place.runHere('generate', 'customers.csv', '--rows', '300')).exit, 0);
});
after(() => place[Symbol.dispose]());

test('inspect --json: rows, columns and findings with code, severity, column, message and evidence', async () => {
  const ended = await place.runHere('inspect', 'customers.csv', '--target', 'churned', '--json');
  assert.equal(ended.exit, 0, ended.stderr);
  const report = ended.json<{ rows: number; columns: object[]; findings: object[] }>();
  assert.equal(report.rows, 300);
  assert.equal(report.columns.length, 24);
  assert.ok(report.findings.length > 0);
  for (const finding of report.findings)
    assert.deepEqual(Object.keys(finding), ['code', 'severity', 'column', 'message', 'evidence']);
});

test('inspect: a leak is named with the score without it, and the exit status is 0 whatever was found', async () => {
  const rows = Array.from({ length: 300 }, (_, i) => {
    const left = (i * 7) % 11 < 3;
    return `k${i},${(i * 13) % 60},${left ? 1 : 0},${left ? 'yes' : 'no'}`;
  });
  writeFileSync(place.path('leak.csv'), `customerId,tenure,state,churned\n${rows.join('\n')}\n`);
  const ended = await place.runHere('inspect', 'leak.csv', '--target', 'churned');
  assert.equal(ended.exit, 0, ended.stderr);
  assert.match(
    ended.stdout,
    /^300 customers, 4 columns; 27\.3% churned\nBlocks:\n {2}state: alone .*\[leak\.single-column\]$/m,
  );
  assert.match(
    ended.stdout,
    /^ROC-AUC of a logistic regression on 300 rows: 1\.000 with all columns\n {2}0\.\d{3} without state$/m,
  );
});

test('inspect: beside a project file its target and id are taken; what is said goes before', async () => {
  using own = newPlace();
  writeFileSync(own.path('customers.csv'), readFileSync(place.path('customers.csv')));
  assert.equal((await own.runHere('init', 'customers.csv', '--target', 'churned')).exit, 0);
  const usesOf = async (...words: string[]): Promise<Record<string, string>> => {
    const ended = await own.runHere('inspect', 'customers.csv', ...words, '--json');
    assert.equal(ended.exit, 0, ended.stderr);
    const { columns } = ended.json<{ columns: { name: string; use: string }[] }>();
    return Object.fromEntries(columns.map(({ name, use }) => [name, use]));
  };
  const beside = await usesOf();
  assert.equal(beside.churned, 'target');
  assert.deepEqual(beside, await usesOf('--target', 'churned'));
});

test('inspect: without a target it is wrong use, an unusable table is a failure', async () => {
  assert.equal((await place.runHere('inspect', 'customers.csv')).exit, 2);
  writeFileSync(place.path('empty.csv'), '');
  const ended = await place.runHere('inspect', 'empty.csv', '--target', 'churned', '--json');
  assert.equal(ended.exit, 1);
  assert.match(ended.stdout + ended.stderr, /data\.empty/);
});
