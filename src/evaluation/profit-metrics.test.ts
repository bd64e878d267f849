import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rocAuc } from './metrics/roc-auc.ts';
import { metricInWords, profitMetrics, requireProfit, searchMetric } from './profit-metrics.ts';
import { profitSection } from './section.ts';

const profit = profitSection.parse({ offer: 10, contact: 1, lifetimeValue: 200 });

test('profit metrics: the best cut and the threshold', () => {
  assert.deepEqual(
    profitMetrics(profit).map(({ jsonKey }) => jsonKey),
    ['expectedProfit', 'profitAtThreshold'],
  );
});

test('search metric: any metric by its id, expected profit by the profit section', () => {
  assert.equal(searchMetric('roc-auc', undefined), rocAuc);
  assert.equal(searchMetric('expected-profit', profit).id, 'expected-profit');
  assert.throws(() => searchMetric('roc-acu', profit), { code: 'catalogue.unknown' });
});

test('metric in words: every metric has a title, those in money without the figures too', () => {
  assert.equal(metricInWords('roc-auc').title, 'ROC-AUC');
  assert.deepEqual(metricInWords('expected-profit'), {
    id: 'expected-profit',
    title: 'Expected maximum profit',
    jsonKey: 'expectedProfit',
    about: searchMetric('expected-profit', profit).about,
    higherIsBetter: true,
  });
  assert.throws(() => metricInWords('profit'), { code: 'catalogue.unknown' });
});

test('search metric: expected profit without a profit section is refused', () => {
  assert.throws(() => searchMetric('expected-profit', undefined), {
    code: 'param.value',
    message: /^train\.metric: expected-profit: needs the profit section, got none; add profit:/,
  });
  assert.throws(() => requireProfit('x', undefined), { fields: { who: 'x', param: 'profit' } });
});
