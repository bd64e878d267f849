import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../base/random.ts';
import { booleanColumn, categoryColumn, numberColumn } from '../table/column.ts';
import { createTable } from '../table/table.ts';
import { randomCase } from './checks.ts';
import { recall } from './metrics/recall.ts';
import { rocAuc } from './metrics/roc-auc.ts';
import { prepareSample } from './sample.ts';
import { measureSegments } from './segments.ts';

const { labels, scores } = randomCase(1, { rows: 300 });
labels.fill(0, 250, 300);
const plan = Array.from(labels, (_, row) =>
  row < 100 ? 'basic' : row < 149 ? 'gold' : row < 250 ? null : 'loyal',
);
const table = createTable([
  categoryColumn('plan', plan, ['loyal', 'gold', 'basic']),
  booleanColumn(
    'paperless',
    Array.from(labels, (_, row) => row % 2 === 0),
  ),
  numberColumn('age', new Float64Array(300)),
]);
const measured = measureSegments(table, labels, scores, 0.5, createRandom(2));

test('segments: levels in order, missing last; too few rows or one outcome are left out', () => {
  assert.deepEqual(
    measured.map(({ column, level, rows }) => [column, level, rows]),
    [
      ['plan', 'basic', 100],
      ['plan', null, 101],
      ['paperless', false, 150],
      ['paperless', true, 150],
    ],
  );
});

test('segments: each is measured on its own rows', () => {
  const sample = prepareSample(labels.slice(0, 100), scores.slice(0, 100), 0.5);
  const [basic] = measured;
  assert.equal(basic!.metrics.rocAuc.value, rocAuc.compute(sample));
  assert.equal(basic!.metrics.recall.value, recall.compute(sample));
  assert.equal(basic!.metrics.selectionRate.value, sample.selected / 100);
  assert.equal(basic!.churnRate.value, labels.slice(0, 100).reduce((sum, label) => sum + label, 0) / 100);
  for (const { value, low, high } of [basic!.churnRate, ...Object.values(basic!.metrics)])
    assert.ok(low <= value && value <= high && low < high);
});

test('segments: only the columns asked for, and only those with levels', () => {
  const only = measureSegments(table, labels, scores, 0.5, createRandom(2), ['paperless']);
  assert.deepEqual(only, measured.slice(2));
  assert.throws(() => measureSegments(table, labels, scores, 0.5, createRandom(2), ['age']), {
    code: 'column.kind',
  });
  assert.throws(() => measureSegments(table, labels, scores, 0.5, createRandom(2), ['plam']), {
    code: 'column.missing',
    message: /did you mean plan/,
  });
});
