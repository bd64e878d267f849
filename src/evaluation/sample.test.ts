import assert from 'node:assert/strict';
import { test } from 'node:test';
import { classTotals, logLossOf, prepareSample, tieEnd } from './sample.ts';

const labels = Uint8Array.of(0, 1, 0, 1, 0);
const scores = Float64Array.of(0.2, 0.7, 0.7, 0.9, 0.1);

test('sample: rows stand from the highest score down, churners first in a tie', () => {
  const sample = prepareSample(labels, scores, 0.7);
  assert.deepEqual([...sample.order], [3, 1, 2, 0, 4]);
  assert.deepEqual([...sample.scores], [0.9, 0.7, 0.7, 0.2, 0.1]);
  assert.deepEqual([...sample.labels], [1, 1, 0, 0, 0]);
  assert.deepEqual([...sample.counts], [1, 1, 1, 1, 1]);
  assert.equal(tieEnd(sample, 1), 3);
});

test('sample: the rows called churn are those at or above the threshold', () => {
  const selected = (threshold: number): number => prepareSample(labels, scores, threshold).selected;
  assert.deepEqual([0, 0.1, 0.7, 0.71, 0.9, 1].map(selected), [5, 5, 3, 1, 1, 0]);
});

test('sample: weights are how often a row counts', () => {
  const sample = prepareSample(labels, scores, 0.5, Float64Array.of(1, 2, 3, 4, 0));
  assert.deepEqual([...sample.counts], [4, 2, 3, 1, 0]);
  assert.deepEqual(classTotals(sample), { churned: 6, stayed: 4 });
});

test('sample: log loss of a row has no minus zero and no infinity', () => {
  assert.ok(Object.is(logLossOf(1, 1), 0) && Object.is(logLossOf(0, 0), 0));
  assert.equal(logLossOf(1, 0), logLossOf(0, 1));
  assert.ok(logLossOf(1, 0) < 34.6);
});

test('sample: rows of one outcome are refused by name, also when weight 0 takes the other away', () => {
  const refused = { code: 'data.one-class', message: /^gate: no row churned, both outcomes required/ };
  assert.throws(() => prepareSample(new Uint8Array(2), new Float64Array(2), 0.5, null, 'gate'), refused);
  assert.throws(
    () => prepareSample(Uint8Array.of(0, 1), new Float64Array(2), 0.5, Float64Array.of(1, 0), 'gate'),
    refused,
  );
});

test('sample: scores that are no probabilities are refused with their count, never their values', () => {
  const bad = Float64Array.of(0.5, Number.NaN, 1.5, -0.1, Number.POSITIVE_INFINITY);
  assert.throws(() => prepareSample(labels, bad, 0.5), {
    code: 'column.not-finite',
    message: /4 of 5 rows/,
    fields: { who: 'evaluation', rows: 4 },
  });
});

test('sample: negative and infinite weights are refused', () => {
  for (const weight of [-1, Number.NaN, Number.POSITIVE_INFINITY])
    assert.throws(() => prepareSample(labels, scores, 0.5, Float64Array.of(1, 1, 1, 1, weight)), {
      code: 'learn.weights',
    });
});

test('sample: unequal lengths are a defect', () => {
  assert.throws(() => prepareSample(labels, new Float64Array(4), 0.5), RangeError);
});
