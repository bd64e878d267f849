import assert from 'node:assert/strict';
import { test } from 'node:test';

import { coreMetrics } from '../../evaluation/metrics/all.ts';
import { readSection } from '../testing/sections.ts';
import { fullFacts } from '../testing/synthetic-facts.ts';
import { metricsSection } from './metrics.ts';

test('metrics: each with value, interval and what it means; shares of customers in percent', () => {
  const { rows } = readSection(metricsSection(fullFacts()));
  assert.equal(rows.length, coreMetrics.length + 1);
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
