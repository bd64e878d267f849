import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomCase } from './checks.ts';
import { calibrationCurve, gainCurve, mostPoints, prCurve, profitCurve, rocCurve, thin } from './curves.ts';
import { rocAuc } from './metrics/roc-auc.ts';
import { profitPoints } from './profit.ts';
import { prepareSample } from './sample.ts';
import { profitSection } from './section.ts';

const many = (() => {
  const { labels, scores, threshold } = randomCase(1, { rows: 20_000 });
  return prepareSample(labels, scores, threshold);
})();

test('roc curve: thinned to 400 points it keeps its ends, its order and its area', () => {
  const points = rocCurve(many);
  assert.ok(points.length <= mostPoints && points.length > 300, `${points.length}`);
  assert.deepEqual(points[0], { threshold: null, falsePositiveRate: 0, truePositiveRate: 0 });
  const { falsePositiveRate, truePositiveRate } = points.at(-1)!;
  assert.deepEqual([falsePositiveRate, truePositiveRate], [1, 1]);
  let area = 0;
  for (let i = 1; i < points.length; i++) {
    const [before, after] = [points[i - 1]!, points[i]!];
    const width = after.falsePositiveRate - before.falsePositiveRate;
    assert.ok(width >= 0 && after.truePositiveRate >= before.truePositiveRate);
    area += (width * (before.truePositiveRate + after.truePositiveRate)) / 2;
  }
  assert.ok(Math.abs(area - rocAuc.compute(many)) < 1e-4);
});

test('precision-recall curve: ends at recall 1 with the churn rate', () => {
  const points = prCurve(many);
  const churnRate = many.labels.reduce((sum, label) => sum + label, 0) / many.rowCount;
  assert.ok(points.length <= mostPoints && points.length > 300);
  assert.deepEqual(points.at(-1), { threshold: many.scores.at(-1), recall: 1, precision: churnRate });
});

test('gain curve: by hand, a tie is one step', () => {
  const sample = prepareSample(Uint8Array.of(1, 0, 1, 0), Float64Array.of(0.9, 0.4, 0.4, 0.1), 0.5);
  assert.deepEqual(gainCurve(sample), [
    { threshold: null, contacted: 0, reached: 0, lift: null },
    { threshold: 0.9, contacted: 0.25, reached: 0.5, lift: 2 },
    { threshold: 0.4, contacted: 0.75, reached: 1, lift: 1 / 0.75 },
    { threshold: 0.1, contacted: 1, reached: 1, lift: 1 },
  ]);
});

test('curves: a row that counts 0 times makes no point', () => {
  const weights = Float64Array.of(1, 0, 1);
  const sample = prepareSample(Uint8Array.of(1, 0, 0), Float64Array.of(0.9, 0.5, 0.1), 0.5, weights);
  assert.equal(rocCurve(sample).length, 3);
  assert.equal(gainCurve(sample).at(-1)!.contacted, 1);
});

test('calibration curve: ten bins with churn rate, interval and count', () => {
  const points = calibrationCurve(many);
  assert.equal(points.length, 10);
  assert.equal(
    points.reduce((sum, point) => sum + point.count, 0),
    many.rowCount,
  );
  for (const { from, to, meanScore, churnRate } of points) {
    assert.ok(from <= meanScore && meanScore <= to);
    assert.ok(churnRate.low < churnRate.value && churnRate.value < churnRate.high);
    // Labels churn with probability 0.1 + 0.7 x score.
    assert.ok(Math.abs(churnRate.value - (0.1 + 0.7 * meanScore)) < 0.045);
  }
});

test('thin: short curves stay whole, long ones never exceed the limit', () => {
  const points = Array.from({ length: 1000 }, (_, i) => i);
  const placeOf = (i: number): [number, number] => [i, i % 2];
  assert.deepEqual(thin(points, placeOf, 1000), points);
  for (const most of [2, 3, 10, 399, 999]) {
    const kept = thin(points, placeOf, most);
    assert.ok(kept.length <= most && kept.length > most / 2, `${kept.length} of ${most}`);
    assert.deepEqual([kept[0], kept.at(-1)], [0, 999]);
  }
});

test('profit curve: from nothing for nobody to what calling everybody earns, thinned, its top kept', () => {
  const profit = profitSection.parse({ offer: 10, contact: 1, lifetimeValue: 60 });
  const points = profitCurve(many, profit);
  assert.ok(points.length <= mostPoints && points.length > 200, `${points.length}`);
  assert.deepEqual(points[0], { threshold: null, contacted: 0, profit: 0 });
  const churned = many.labels.reduce((sum, label) => sum + label, 0) / many.rowCount;
  assert.equal(points.at(-1)!.contacted, 1);
  assert.ok(Math.abs(points.at(-1)!.profit - (14 * churned - 11 * (1 - churned))) < 1e-9);
  const top = Math.max(...points.map((point) => point.profit));
  const exact = Math.max(...profitPoints(many, profit).map((point) => point.profit));
  assert.ok(top <= exact && top > 0.98 * exact, `${top} of ${exact}`);
});
