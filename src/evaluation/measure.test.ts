import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRandom } from '../base/random.ts';
import { randomCase } from './checks.ts';
import { measure, measureAll } from './measure.ts';
import { allMetrics, coreMetrics } from './metrics/all.ts';
import { mcc } from './metrics/mcc.ts';
import { profitSection } from './section.ts';

test('measure: gives exactly the nine core metrics, each with value, low and high', () => {
  const { labels, scores, threshold } = randomCase(1, { rows: 200 });
  const measured = measure(labels, scores, threshold, createRandom(2));
  assert.deepEqual(
    Object.keys(measured),
    coreMetrics.map((metric) => metric.jsonKey),
  );
  for (const value of Object.values(measured)) assert.deepEqual(Object.keys(value), ['value', 'low', 'high']);
});

test('measure: a metric has the same interval alone as among others', () => {
  const { labels, scores, threshold } = randomCase(3, { rows: 150 });
  const all = measure(labels, scores, threshold, createRandom(4), allMetrics);
  assert.deepEqual(measure(labels, scores, threshold, createRandom(4), [mcc]).mcc, all.mcc);
  assert.deepEqual(measure(labels, scores, threshold, createRandom(4)).prAuc, all.prAuc);
});

test('measure all: the nine as they are alone, the others beside them, money only with a profit section', () => {
  const { labels, scores, threshold } = randomCase(3, { rows: 150 });
  const profit = profitSection.parse({ offer: 10, contact: 1, lifetimeValue: 200 });
  const { core, further } = measureAll(labels, scores, threshold, createRandom(4), profit);
  assert.deepEqual(core, measure(labels, scores, threshold, createRandom(4)));
  const without = measureAll(labels, scores, threshold, createRandom(4), undefined);
  assert.deepEqual(without.core, core);
  const keys = ['balancedAccuracy', 'mcc', 'liftAt10', 'liftAt20', 'gainAt10', 'gainAt20'];
  assert.deepEqual(Object.keys(without.further), keys);
  assert.deepEqual(Object.keys(further), [...keys, 'expectedProfit', 'profitAtThreshold']);
  assert.deepEqual(further.mcc, without.further.mcc);
});

test('measure: another seed moves only the intervals that are drawn', () => {
  const { labels, scores, threshold } = randomCase(5, { rows: 150 });
  const one = measure(labels, scores, threshold, createRandom(6));
  const other = measure(labels, scores, threshold, createRandom(7));
  for (const { jsonKey, interval } of coreMetrics) {
    assert.equal(one[jsonKey].value, other[jsonKey].value);
    const isDrawn = interval.method === 'bootstrap' || interval.method === 'noise-inversion';
    assert.equal(one[jsonKey].high === other[jsonKey].high, !isDrawn, jsonKey);
  }
});

test('for any rows of both outcomes: every number is finite and low <= value <= high', () => {
  const rows = fc.array(fc.tuple(fc.nat(1), fc.constantFrom(0, 0.1, 0.25, 0.5, 0.9, 1)), { maxLength: 30 });
  fc.assert(
    fc.property(rows, fc.constantFrom(0, 0.25, 0.6, 1), (some, threshold) => {
      const all: [number, number][] = [[1, 0.5], [0, 0.25], ...some];
      const labels = Uint8Array.from(all, ([label]) => label);
      const scores = Float64Array.from(all, ([, score]) => score);
      for (const { value, low, high } of Object.values(
        measure(labels, scores, threshold, createRandom(8), allMetrics),
      )) {
        assert.ok(Number.isFinite(low) && Number.isFinite(high));
        assert.ok(low <= value && value <= high);
      }
    }),
    { seed: 9, numRuns: 15 },
  );
});
