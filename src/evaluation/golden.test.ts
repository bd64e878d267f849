import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertClose, readGolden } from '../../golden/compare.ts';
import { prCurve, rocCurve } from './curves.ts';
import {
  compareRocAuc,
  placementCovariance,
  placementsOf,
  rocAucInterval,
  rocAucVariance,
} from './delong.ts';
import { wilsonInterval } from './interval.ts';
import { allMetrics } from './metrics/all.ts';
import { f1 } from './metrics/f1.ts';
import { prepareSample, type Sample } from './sample.ts';
import { chooseThreshold } from './threshold.ts';

interface GoldenCase {
  name: string;
  labels: number[];
  scores: number[];
  weights: number[] | null;
  threshold: number;
  expected: Record<string, number>;
}

interface Golden {
  cases: GoldenCase[];
  comparisons: {
    labels: number[];
    first: number[];
    second: number[];
    weights: number[] | null;
    aucs: number[];
    covariance: number[][];
    firstInterval: number[];
    difference: number[];
  }[];
  wilson: { hits: number; trials: number; low: number; high: number }[];
  curves: {
    case: string;
    roc: { falsePositiveRate: number[]; truePositiveRate: number[]; threshold: number[] };
    pr: { precision: number[]; recall: number[]; threshold: number[] };
  };
  bestF1: { case: string; threshold: number; f1: number };
}

const golden = readGolden<Golden>('metrics');
const rounding = { absolute: 1e-13, reason: 'the same numbers added in another order' };

const floats = (values: number[]): Float64Array => Float64Array.from(values);
const sampleOf = ({ labels, scores, weights, threshold }: GoldenCase): Sample =>
  prepareSample(Uint8Array.from(labels), floats(scores), threshold, weights && floats(weights));
const caseNamed = (name: string): GoldenCase => golden.cases.find((one) => one.name === name)!;

for (const metric of allMetrics) {
  const authority = /^(ece|lift|gain)/.test(metric.id) ? 'plain numpy' : 'scikit-learn';
  test(`${metric.id}: equals ${authority} with ties, rare churn and weights`, () => {
    for (const one of golden.cases)
      assertClose(metric.compute(sampleOf(one)), one.expected[metric.jsonKey]!, rounding);
  });
}

test('delong: variances, covariance and intervals equal the definition over all pairs', () => {
  for (const {
    labels,
    first,
    second,
    weights,
    aucs,
    covariance,
    firstInterval,
    difference,
  } of golden.comparisons) {
    const outcomes = Uint8Array.from(labels);
    const counts = weights && floats(weights);
    const sample = prepareSample(outcomes, floats(first), 0.5, counts);
    assertClose(rocAucVariance(sample), covariance[0]![0]!, { relative: 1e-12, reason: rounding.reason });
    const { low, high } = rocAucInterval(sample);
    assertClose([low, high], firstInterval, rounding);
    const compared = compareRocAuc(outcomes, floats(first), floats(second), counts);
    assertClose([compared.first, compared.second], aucs, rounding);
    assertClose([compared.value, compared.low, compared.high], difference, rounding);

    const byRow = (scores: number[]): Float64Array => {
      const sorted = prepareSample(outcomes, floats(scores), 0.5, counts);
      const placements = new Float64Array(labels.length);
      placementsOf(sorted).forEach((placement, i) => {
        placements[sorted.order[i]!] = placement;
      });
      return placements;
    };
    const ones = counts ?? new Float64Array(labels.length).fill(1);
    assertClose(placementCovariance(outcomes, ones, byRow(first), byRow(second)), covariance[0]![1]!, {
      ...rounding,
      absolute: 1e-16,
    });
  }
});

test('wilson: intervals equal SciPy', () => {
  for (const { hits, trials, low, high } of golden.wilson) {
    const ours = wilsonInterval(hits / trials, trials);
    assertClose([ours.low, ours.high], [low, high], { ...rounding, absolute: 1e-14 });
  }
});

test('roc curve: every point equals scikit-learn', () => {
  const points = rocCurve(sampleOf(caseNamed(golden.curves.case)));
  const { falsePositiveRate, truePositiveRate, threshold } = golden.curves.roc;
  assertClose(
    points.map((point) => point.falsePositiveRate),
    falsePositiveRate,
    rounding,
  );
  assertClose(
    points.map((point) => point.truePositiveRate),
    truePositiveRate,
    rounding,
  );
  assert.deepEqual(
    points.slice(1).map((point) => point.threshold),
    threshold,
  );
});

test('precision-recall curve: every point equals scikit-learn but the first, where ours has no perfect start', () => {
  const points = prCurve(sampleOf(caseNamed(golden.curves.case))).reverse();
  const { precision, recall, threshold } = golden.curves.pr;
  assertClose(
    points.map((point) => point.recall),
    recall,
    rounding,
  );
  assertClose(
    points.slice(0, -1).map((point) => point.precision),
    precision.slice(0, -1),
    rounding,
  );
  assert.equal(points.at(-1)!.precision, points.at(-2)!.precision);
  assert.deepEqual(
    points.slice(0, -1).map((point) => point.threshold),
    threshold,
  );
});

test('threshold by F1: is the score at which scikit-learn finds the best F1', () => {
  const one = caseNamed(golden.bestF1.case);
  const labels = Uint8Array.from(one.labels);
  const { value } = chooseThreshold(labels, floats(one.scores), { by: 'f1' });
  assert.equal(value, golden.bestF1.threshold);
  assertClose(f1.compute(prepareSample(labels, floats(one.scores), value)), golden.bestF1.f1, rounding);
});
