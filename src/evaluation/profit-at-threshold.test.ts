import assert from 'node:assert/strict';
import { test } from 'node:test';
import { metricChecks, runMetricCheck } from './checks.ts';
import { profitAtThreshold } from './profit-at-threshold.ts';
import { prepareSample } from './sample.ts';
import { profitSection } from './section.ts';

const profit = profitSection.parse({ offer: 10, contact: 1, lifetimeValue: 200 });

for (const check of metricChecks)
  test(`profit-at-threshold: ${check.name}`, () => {
    runMetricCheck(check, profitAtThreshold(profit));
  });

test('profit at the threshold: a leaver called earns 0.3 x 190 - 1, a stayer called costs 11, by hand', () => {
  const at = (threshold: number): number =>
    profitAtThreshold(profit).compute(
      prepareSample(Uint8Array.of(1, 0, 0, 1, 0), Float64Array.of(0.9, 0.7, 0.6, 0.5, 0.1), threshold),
    );
  assert.equal(at(0.95), 0);
  assert.equal(at(0.9), 56 / 5);
  assert.equal(at(0.6), (56 - 22) / 5);
  assert.equal(at(0.5), (112 - 22) / 5);
  assert.equal(at(0), (112 - 33) / 5);
});
