/**
 * The frozen shapes: what other tools read. A change here breaks somebody's script; add keys, never rename or drop.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { newPlace, type Place } from './testing/holdfast.ts';

let place: Place;
let summary: Record<string, unknown>;

before(async () => {
  place = newPlace();
  assert.equal((await place.runHere('generate', 'customers.csv', '--rows', '600')).exit, 0);
  assert.equal((await place.runHere('generate', 'others.csv', '--rows', '300', '--seed', '9')).exit, 0);
  assert.equal(
    (await place.runHere('init', 'customers.csv', '--target', 'churned', '--churned', 'yes')).exit,
    0,
  );
  const yaml = readFileSync(place.path('holdfast.yaml'), 'utf8').replace(
    / {4}(?:random-forest|gradient-boosting): .*\n/g,
    '',
  );
  writeFileSync(place.path('holdfast.yaml'), yaml);
  const trained = await place.run('train', 'holdfast.yaml', '--json');
  assert.equal(trained.exit, 0, trained.stderr);
  summary = trained.json();
});
after(() => place[Symbol.dispose]());

const metricKeys = ['rocAuc', 'prAuc', 'logLoss', 'brier', 'ece', 'accuracy', 'precision', 'recall', 'f1'];

function assertMetrics(value: unknown): void {
  const metrics = value as Record<string, { value: number; low: number; high: number }>;
  assert.deepEqual(Object.keys(metrics).sort(), ['rows', ...metricKeys].sort());
  for (const key of metricKeys) {
    const { value: at, low, high } = metrics[key]!;
    assert.deepEqual(Object.keys(metrics[key]!).sort(), ['high', 'low', 'value']);
    assert.ok(low <= at && at <= high, `${key}: ${low} ${at} ${high}`);
  }
}

test('train --json: model, best, leaderboard, search, stability, parts, holdout, threshold, decisions, gate, findings, seconds, report, registered', () => {
  assert.deepEqual(Object.keys(summary).sort(), [
    'best',
    'decisions',
    'findings',
    'gate',
    'holdout',
    'leaderboard',
    'model',
    'parts',
    'registered',
    'report',
    'search',
    'seconds',
    'stability',
    'threshold',
  ]);
  const { stability, parts } = summary as Record<string, Record<string, unknown>>;
  assert.deepEqual(Object.keys(stability!).sort(), ['folds', 'mean', 'metric', 'rows', 'sd']);
  assert.deepEqual(
    [stability!.metric, stability!.rows, (stability!.folds as number[]).length],
    ['roc-auc', 510, 5],
  );
  assert.deepEqual(parts, {
    by: 'stratified',
    words: 'at random, with the same share of leavers in each part',
    ...{ group: null, time: null, gap: null },
    ...{ training: 420, validation: 90, holdout: 90, leftOut: 0 },
  });
  const model = summary.model as Record<string, string>;
  assert.deepEqual(Object.keys(model).sort(), ['file', 'id', 'label', 'name']);
  assert.match(model.id!, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.match(model.label!, /^\d{8}\.([0-9a-f]{7}|nogit)(\.\d+)?$/);
  assert.equal(model.name, 'customers');
  assert.ok(existsSync(model.file!) && model.file!.endsWith('.holdfast'));
  assert.ok(existsSync(summary.report as string));
  assert.deepEqual(summary.registered, { name: 'customers', version: 1 });
  assert.deepEqual(Object.keys(summary.best as object).sort(), ['model', 'params']);
  assertMetrics(summary.holdout);
  assert.equal((summary.holdout as { rows: number }).rows, 90);
  assert.deepEqual(Object.keys(summary.threshold as object).sort(), ['by', 'value']);
  assert.deepEqual(Object.keys(summary.decisions as object).sort(), [
    'churnRate',
    'churned',
    'flagged',
    'found',
    'rows',
  ]);
  assert.ok((summary.seconds as number) > 0);
});

test('train --json: a leaderboard row has rank, model, params, metric, mean, sd, folds, seconds, chosen', () => {
  const rows = summary.leaderboard as Record<string, unknown>[];
  assert.equal(rows.length, 4);
  rows.forEach((row, i) => {
    assert.deepEqual(Object.keys(row).sort(), [
      'chosen',
      'folds',
      'mean',
      'metric',
      'model',
      'params',
      'rank',
      'sd',
      'seconds',
    ]);
    assert.equal(row.rank, i + 1);
    assert.equal((row.folds as number[]).length, 5);
    const mean = (row.folds as number[]).reduce((a, b) => a + b, 0) / 5;
    assert.ok(Math.abs(mean - (row.mean as number)) < 1e-12);
  });
  assert.equal(rows.filter(({ chosen }) => chosen).length, 1);
});

test('train --json: a gate has passed and checks of name, limit, value, passed, reason; a finding has five keys', () => {
  const gate = summary.gate as { passed: boolean; checks: Record<string, unknown>[] };
  assert.equal(gate.passed, true);
  assert.deepEqual(Object.keys(gate.checks[0]!).sort(), ['limit', 'name', 'passed', 'reason', 'value']);
  for (const finding of summary.findings as Record<string, unknown>[]) {
    assert.deepEqual(Object.keys(finding).sort(), ['code', 'column', 'evidence', 'message', 'severity']);
    assert.ok(['block', 'warn', 'note'].includes(finding.severity as string));
  }
});

test('score: the id column under its own name, then churnProbability, churn, band, certainty, reasons; rows in order', async () => {
  const scored = await place.run('score', 'latest', 'others.csv', 'scored.csv', '--reasons', '2');
  assert.equal(scored.exit, 0, scored.stderr);
  const lines = readFileSync(place.path('scored.csv'), 'utf8').trimEnd().split('\n');
  assert.equal(lines[0], 'customerId,churnProbability,churn,band,certainty,reason1,reason2');
  assert.equal(lines.length, 301);
  const threshold = (summary.threshold as { value: number }).value;
  lines.slice(1).forEach((line, i) => {
    const [id, p, churn, band, certainty] = line.split(',') as [string, string, string, string, string];
    assert.equal(id, `C${String(i + 1).padStart(6, '0')}`);
    assert.equal(String(Number(p)), p, 'shortest round-trip text');
    assert.equal(churn, String(Number(p) >= threshold));
    assert.equal(band, Number(p) >= threshold ? 'high' : Number(p) >= threshold / 2 ? 'medium' : 'low');
    assert.ok(certainty === 'sure' || certainty === 'unsure', certainty);
  });
});

test('score: rows that break the contract are listed with row, code, column, reason; the rest is scored', async () => {
  const lines = readFileSync(place.path('others.csv'), 'utf8').split('\n');
  const header = lines[0]!.split(',');
  const at = header.indexOf('tenureMonths');
  const broken = lines[3]!.split(',');
  broken[at] = 'confidential';
  lines[3] = broken.join(',');
  writeFileSync(place.path('broken.csv'), lines.join('\n'));
  const scored = await place.runHere('score', 'latest', 'broken.csv', 'some.csv', '--json');
  assert.equal(scored.exit, 0);
  const answer = scored.json();
  assert.deepEqual([answer.rows, answer.scored, answer.rejected], [300, 299, 1]);
  const rejected = readFileSync(place.path('some.rejected.csv'), 'utf8').trimEnd().split('\n');
  assert.equal(rejected[0], 'row,code,column,reason');
  assert.match(rejected[1]!, /^3,unreadable,tenureMonths,/);
  assert.ok(!`${rejected.join()}${scored.stdout}${scored.stderr}`.includes('confidential'), 'never values');
  const strict = await place.runHere('score', 'latest', 'broken.csv', 'some.csv', '--fail-on', 'rejected');
  assert.equal(strict.exit, 3);
});

test('score: a whole column missing is exit 3, a coded error, and nothing is written', async () => {
  const lines = readFileSync(place.path('others.csv'), 'utf8').trimEnd().split('\n');
  const at = lines[0]!.split(',').indexOf('tenureMonths');
  writeFileSync(
    place.path('narrow.csv'),
    lines.map((line) => line.split(',').toSpliced(at, 1).join(',')).join('\n'),
  );
  const ended = await place.runHere('score', 'latest', 'narrow.csv', 'narrow-scored.csv', '--json');
  assert.equal(ended.exit, 3);
  const { error } = ended.json<{ error: { code: string; message: string; fields: object } }>();
  assert.deepEqual(Object.keys(ended.json()), ['error']);
  assert.deepEqual(Object.keys(error).sort(), ['code', 'fields', 'message']);
  assert.equal(error.code, 'contract.missing-column');
  assert.ok(!existsSync(place.path('narrow-scored.csv')));
});

test('evaluate --json: model, data { rows, hash }, metrics, segments, gate; its own source is judged on the hold-out alone', async () => {
  const ended = await place.runHere('evaluate', 'latest', 'customers.csv', '--json');
  assert.equal(ended.exit, 0, ended.stderr);
  const answer = ended.json();
  for (const key of ['model', 'data', 'metrics', 'segments', 'gate']) assert.ok(key in answer, key);
  for (const key of ['further', 'fairness', 'certainty']) assert.ok(key in answer, key);
  for (const { column, groups, gaps } of answer.fairness as Record<string, object>[]) {
    assert.equal(typeof column, 'string');
    assert.ok(Array.isArray(groups));
    assert.deepEqual(Object.keys(gaps!), ['selectionRate', 'recall', 'falsePositiveRate', 'calibration']);
  }
  assertMetrics(answer.metrics);
  assert.deepEqual(answer.metrics, summary.holdout, 'the same rows, the same seed, the same figures');
  assert.match((answer.data as { hash: string }).hash, /^[0-9a-f]{64}$/);
});

test('evaluate: training customers are refused with their count, and marked when allowed', async () => {
  const lines = readFileSync(place.path('customers.csv'), 'utf8').trimEnd().split('\n');
  writeFileSync(place.path('half.csv'), `${lines.slice(0, 301).join('\n')}\n`);
  const refused = await place.runHere('evaluate', 'latest', 'half.csv', '--json');
  assert.equal(refused.exit, 3);
  const { error } = refused.json<{
    error: { code: string; fields: { rows: number; trainingRows: number } };
  }>();
  assert.equal(error.code, 'evaluate.training-rows');
  assert.ok(error.fields.rows === 300 && error.fields.trainingRows > 200);
  const allowed = await place.runHere('evaluate', 'latest', 'half.csv', '--allow-training-rows', '--json');
  assert.equal((allowed.json().data as { containsTrainingRows: boolean }).containsTrainingRows, true);
});

test('validate --json and doctor --json answer with valid and healthy', async () => {
  const valid = await place.runHere('validate', 'others.csv', '--json');
  assert.deepEqual([valid.exit, valid.json().valid], [0, true]);
  const broken = await place.runHere('validate', 'broken.csv', '--json');
  assert.deepEqual([broken.exit, broken.json().valid], [3, false]);
  const healthy = await place.runHere('doctor', '--json');
  assert.deepEqual([healthy.exit, healthy.json().healthy], [0, true]);
});
