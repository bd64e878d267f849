import assert from 'node:assert/strict';
import { test } from 'node:test';

import { coreMetrics } from '../../evaluation/metrics/all.ts';
import { readSection } from '../testing/sections.ts';
import { fullFacts, syntheticFacts } from '../testing/synthetic-facts.ts';
import { metricsSection } from './metrics.ts';

test('metrics: each with value, interval and what it means; shares of customers in percent', () => {
  const { rows } = readSection(metricsSection(fullFacts()));
  for (const [i, metric] of coreMetrics.entries()) {
    const [title, value, interval, about] = rows[i + 1]!;
    assert.equal(title, metric.title);
    assert.match(
      value!,
      ['accuracy', 'precision', 'recall'].includes(metric.id) ? /^\d+\.\d%$/ : /^\d\.\d{3}$/,
    );
    assert.match(interval!, /^[\d.]+%?–[\d.]+%?$/);
    assert.equal(about, metric.about);
  }
});

test('metrics: those beside the nine have a table of their own, money as money; models without them have none', () => {
  const { rows } = readSection(metricsSection(fullFacts()));
  const beside = rows.slice(coreMetrics.length + 2);
  assert.deepEqual(
    beside.map(([title]) => title),
    [
      'Balanced accuracy',
      'MCC',
      'Lift at 10%',
      'Lift at 20%',
      'Gain at 10%',
      'Gain at 20%',
      'Expected maximum profit',
      'Expected profit at the threshold',
    ],
  );
  assert.match(beside.at(-1)![1]!, /^−?[\d,]+(\.\d\d)?$/);
  assert.equal(readSection(metricsSection(syntheticFacts())).rows.length, coreMetrics.length + 1);
});
