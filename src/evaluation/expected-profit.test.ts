import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertClose } from '../../golden/compare.ts';
import { metricChecks, randomCase, runMetricCheck } from './checks.ts';
import { bestCuts, expectedProfit } from './expected-profit.ts';
import { prepareSample } from './sample.ts';
import { profitSection } from './section.ts';

const campaigns = [
  profitSection.parse({ offer: 10, contact: 1, lifetimeValue: 200 }),
  profitSection.parse({ offer: 0, contact: 0, lifetimeValue: 5, acceptance: { alpha: 0.5, beta: 0.5 } }),
  profitSection.parse({ offer: 20, contact: 3, lifetimeValue: 100, acceptance: { alpha: 30, beta: 2 } }),
];
campaigns.forEach((profit, i) => {
  for (const check of metricChecks)
    test(`expected-profit, campaign ${i + 1}: ${check.name}`, () => {
      runMetricCheck(check, expectedProfit(profit));
    });
});

const exact = { absolute: 1e-14, reason: 'worked out by hand' };
const even = profitSection.parse({
  offer: 4,
  contact: 1,
  lifetimeValue: 14,
  acceptance: { alpha: 1, beta: 1 },
});

test('expected profit: one leaver above one stayer, any acceptance equally likely, by hand', () => {
  const sample = prepareSample(Uint8Array.of(1, 0), Float64Array.of(0.9, 0.1), 0.5);
  // The leaver earns 10 g - 1, from g = 0.1 on: the integral is 10 x 0.9 x 0.9 / 2 = 4.05, over two customers.
  assertClose(bestCuts(sample, even).profit, 4.05 / 2, exact);
  // Contacted in 9 of 10 cases, one of two customers.
  assertClose(bestCuts(sample, even).contacted, 0.45, exact);
});

test('expected profit: a leaver behind a stayer is reached through both, by hand', () => {
  const sample = prepareSample(Uint8Array.of(1, 0), Float64Array.of(0.1, 0.9), 0.5);
  // Both earn 10 g - 1 - 5, from g = 0.6 on: 10 x 0.4 x 0.4 / 2 = 0.8.
  assertClose(bestCuts(sample, even).profit, 0.4, exact);
  assertClose(bestCuts(sample, even).contacted, 0.4, exact);
});

test('expected profit: a contact that costs more than a customer brings is never made', () => {
  const dear = profitSection.parse({ offer: 4, contact: 11, lifetimeValue: 14 });
  const { labels, scores } = randomCase(1, { rows: 50 });
  assert.deepEqual(bestCuts(prepareSample(labels, scores, 0.5), dear), { profit: 0, contacted: 0 });
});
