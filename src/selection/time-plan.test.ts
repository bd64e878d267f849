import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SearchedTrial } from './open-trial.ts';
import { timePlan } from './time-plan.ts';

const trial = (number: number, seconds: number, mean: number, share = 1): SearchedTrial => ({
  candidate: { id: 'x', params: {} },
  origin: 'drawn',
  share,
  number,
  folds: [mean, mean, mean, mean, mean],
  outcome: 'whole',
  seconds,
  outOfFold: null,
});

/** Seconds kept for what is no fit: of 1,000 rows and of 100 s. */
const closing = 1.5 + 0.008 + 5;

/** Of a budget of 100 s from second 0 on. */
const plan = (second: number) =>
  timePlan({ ms: 100_000, endsAt: 100_000, folds: 5, rows: 1000, sign: 1, now: () => 1000 * second });

test('time plan: keeps what the best five need once more, whole and in folds, at the pace so far', () => {
  // Two threads: 40 CPU seconds in 20.
  const trials = [1, 2, 3, 4, 5, 6, 7, 8].map((i) => trial(i, 5, i));
  const needed = (5 * 5 * (2.2 / 4 + 1.2)) / 2;
  assert.ok(Math.abs(plan(20).reserve(trials) - 1000 * (needed + closing)) < 1e-6);
  // The first ones were cheap, the best are not.
  const dear = trials.map((one, i) => ({ ...one, seconds: i < 3 ? 1 : 7 }));
  assert.ok(plan(20).reserve(dear) > plan(20).reserve(trials));
});

test('time plan: after trials on a share of the rows the winner learns from all, its folds again from that share', () => {
  const shared = [trial(1, 1, 0.8, 0.1), trial(2, 1, 0.7, 0.1)];
  // One CPU second a second: ten times a fold's rows and a quarter more, once more with the validation rows, then five folds.
  const needed = 2 * (22 / 4 + 1.2);
  assert.ok(Math.abs(plan(2).reserve(shared) - 1000 * (needed + closing)) < 1e-6);
});

test('time plan: never less than a tenth of the budget, never more than two fifths', () => {
  assert.equal(plan(1).reserve([]), 10_000);
  assert.equal(plan(1).reserve([trial(1, 0.001, 0.8)]), 10_000);
  assert.equal(plan(60).reserve([trial(1, 500, 0.8)]), 40_000);
});

test('time plan: trials that the budget cut on a larger share make members of the smaller one no cheaper', () => {
  const trials = [trial(1, 30, 0.8, 0.1), trial(2, 30, 0.7, 0.1)];
  const due = (40 - closing) / (22 / 4 + 1.2);
  assert.ok(Math.abs(plan(60).affordable(trials) - due) < 1e-9);
  const cut: SearchedTrial = { ...trial(3, 0, 0.8, 0.5), outcome: 'cut' };
  assert.equal(plan(60).affordable([...trials, cut]), plan(60).affordable(trials));
});

test('time plan: an ensemble may cost what the time left allows, nothing when it is over', () => {
  const trials = [trial(1, 30, 0.8), trial(2, 30, 0.7)];
  // 60 CPU seconds in 60; what is left beside the closing.
  assert.ok(Math.abs(plan(60).affordable(trials) - (40 - closing) / 1.75) < 1e-9);
  assert.equal(plan(120).affordable(trials), 0);
});
