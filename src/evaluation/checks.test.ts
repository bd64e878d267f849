import assert from 'node:assert/strict';
import { test } from 'node:test';
import { metricChecks, runMetricCheck } from './checks.ts';
import type { Metric } from './definition.ts';
import { rocAuc } from './metrics/roc-auc.ts';
import type { Sample } from './sample.ts';

const right = rocAuc.compute;
let drawn = 0;
const broken: Record<string, { compute?: (sample: Sample) => number; change?: Partial<Metric> }> = {
  'agrees with the textbook': { compute: (sample) => right(sample) * (1 - 1e-9) },
  perfect: { compute: () => 0.5 },
  worst: { compute: () => 0.5 },
  'order of rows does not matter': { compute: (sample) => right(sample) * (1 - 1e-15 * sample.order[0]!) },
  'weight 2 is the row twice, weight 0 is no row': {
    compute: (sample) => right({ ...sample, counts: new Float64Array(sample.rowCount).fill(1) }),
  },
  'inputs untouched': {
    compute(sample) {
      const value = right(sample);
      sample.scores[0] = 1;
      return value;
    },
  },
  'the interval holds the value and stays in range': {
    change: { interval: { method: 'delong', intervalOf: () => ({ low: -0.1, high: 1 }) } },
  },
  'the interval narrows with more rows': {
    change: { interval: { method: 'delong', intervalOf: () => ({ low: 0, high: 1 }) } },
  },
  'same seed, same interval': {
    change: { interval: { method: 'delong', intervalOf: () => ({ low: ++drawn / 1e6, high: 1 }) } },
  },
  described: { change: { jsonKey: 'auc' } },
};

for (const [name, { compute, change }] of Object.entries(broken)) {
  test(`common checks: "${name}" catches a metric that breaks it`, () => {
    const metric: Metric = { ...rocAuc, ...(compute ? { compute } : {}), ...change };
    const check = metricChecks.find((one) => one.name === name);
    assert.ok(check, `there is no check ${name}`);
    assert.throws(() => check.run(metric), { code: 'ERR_ASSERTION' });
    assert.equal(runMetricCheck(check, rocAuc), undefined);
  });
}

test('common checks: a skip that is not needed is an error', () => {
  const idle: Metric = { ...rocAuc, skips: [{ check: 'perfect', reason: 'no reason at all' }] };
  const perfect = metricChecks.find((check) => check.name === 'perfect')!;
  assert.throws(() => runMetricCheck(perfect, idle), { code: 'ERR_ASSERTION', message: /delete its skip/ });
});

test('common checks: a needed skip is passed over and tells its reason', () => {
  const skips = [{ check: 'perfect', reason: 'this one is always at one half' }];
  const perfect = metricChecks.find((check) => check.name === 'perfect')!;
  assert.equal(runMetricCheck(perfect, { ...rocAuc, compute: () => 0.5, skips }), skips[0]!.reason);
});
