import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge } from './verdict.ts';

const limits = {
  threshold: { value: 0.4 },
  bands: { high: 0.6, medium: 0.2 },
  conformal: { coverage: 0.9, stay: 0.3, churn: 0.5, rows: 100 },
} as unknown as Parameters<typeof judge>[1];
const told = (score: number, of = limits) => {
  const { churn, band, certainty } = judge(score, of);
  return [churn, band, certainty];
};

test('verdict: churn from the threshold on, the band and the certainty by the limits of the model', () => {
  assert.deepEqual(told(0.1), [false, 'low', 'sure']);
  assert.deepEqual(told(0.39), [false, 'medium', 'unsure']);
  assert.deepEqual(told(0.4), [true, 'medium', 'unsure']);
  assert.deepEqual(told(0.6), [true, 'high', 'sure']);
});

test('verdict: a model from before certainty was learned is always sure', () => {
  assert.deepEqual(told(0.4, { ...limits, conformal: null }), [true, 'medium', 'sure']);
});
