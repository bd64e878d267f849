import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { metricChecks, runMetricCheck } from '../checks.ts';
import { allMetrics, coreMetrics, metricById } from './all.ts';

let checksRun = 0;

for (const metric of allMetrics) {
  for (const check of metricChecks) {
    test(`${metric.id}: ${check.name}`, (t) => {
      checksRun++;
      const reason = runMetricCheck(check, metric);
      if (reason !== undefined) t.diagnostic(`skipped: ${reason}`);
    });
  }
}

test('common checks: every metric ran every check', () => {
  assert.equal(checksRun, allMetrics.length * metricChecks.length);
  assert.ok(allMetrics.length >= 11 && metricChecks.length >= 12);
});

test('common checks: a skip names a check that exists and says why', () => {
  const names = metricChecks.map((check) => check.name);
  for (const { check, reason } of allMetrics.flatMap((metric) => metric.skips ?? [])) {
    assert.ok(names.includes(check), check);
    assert.match(reason, /\w+ \w+ \w+/);
  }
});

test('core metrics: the nine of the hold-out, in the order of the frozen shape', () => {
  assert.deepEqual(
    coreMetrics.map((metric) => metric.jsonKey),
    ['rocAuc', 'prAuc', 'logLoss', 'brier', 'ece', 'accuracy', 'precision', 'recall', 'f1'],
  );
  assert.deepEqual(
    allMetrics.filter((metric) => metric.core),
    [...coreMetrics],
  );
});

test('metrics: ids and JSON keys are unique, and each file is listed', () => {
  const files = readdirSync(new URL('.', import.meta.url))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && file !== 'all.ts')
    .map((file) => file.slice(0, -'.ts'.length));
  assert.deepEqual(allMetrics.map((metric) => metric.id).sort(), files.sort());
  assert.equal(new Set(allMetrics.map((metric) => metric.jsonKey)).size, allMetrics.length);
});

test('metric by id: a misspelt id is refused with the nearest one', () => {
  assert.equal(metricById('roc-auc'), coreMetrics[0]);
  assert.throws(() => metricById('roc-acu'), {
    code: 'catalogue.unknown',
    message: /did you mean roc-auc\?/,
  });
});
