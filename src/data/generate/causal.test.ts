import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRandom } from '../../base/random.ts';
import { sigmoid } from '../../math/sigmoid.ts';
import { mean, variance } from '../../math/sum.ts';
import { choose, clamp, happens, poisson, roundTo, solveIntercept, waitingTime } from './causal.ts';

const DRAWS = 40_000;

const sample = (name: string, draw: (random: ReturnType<typeof createRandom>) => number): Float64Array => {
  const random = createRandom(1).fork(name);
  return Float64Array.from({ length: DRAWS }, () => draw(random));
};

/** Within five standard errors. */
const near = (actual: number, expected: number, deviation: number): void =>
  assert.ok(
    Math.abs(actual - expected) < (5 * deviation) / Math.sqrt(DRAWS),
    `${actual}, expected ${expected}`,
  );

test('happens: as often as the probability says, never at 0 and always at 1', () => {
  near(mean(sample('happens', (random) => Number(happens(random, 0.3)))), 0.3, 0.46);
  assert.equal(mean(sample('never', (random) => Number(happens(random, 0)))), 0);
  assert.equal(mean(sample('always', (random) => Number(happens(random, 1)))), 1);
});

test('choose: options come in proportion to their weights, one of weight 0 never', () => {
  const draws = sample('choose', (random) => choose(random, [0, 1, 2], [1, 3, 0]));
  near(mean(draws), 0.75, 0.44);
  assert.ok(!draws.includes(2));
});

test('waitingTime: mean and standard deviation are the mean asked for', () => {
  const draws = sample('waiting', (random) => waitingTime(random, 30));
  near(mean(draws), 30, 30);
  near(Math.sqrt(variance(draws)), 30, 30);
  assert.ok(draws.every((draw) => draw >= 0));
});

test('poisson: mean and variance are the mean asked for', () => {
  for (const wanted of [0.2, 1.3, 6]) {
    const draws = sample(`poisson ${wanted}`, (random) => poisson(random, wanted, 100));
    near(mean(draws), wanted, Math.sqrt(wanted));
    near(variance(draws), wanted, Math.sqrt(wanted + 2 * wanted * wanted));
  }
});

test('poisson: the most allowed is never passed', () => {
  assert.ok(sample('capped', (random) => poisson(random, 5, 3)).every((draw) => draw <= 3));
  assert.ok(sample('none', (random) => poisson(random, 5, 0)).every((draw) => draw === 0));
});

test('clamp and roundTo: values are kept in range and rounded, never to minus zero', () => {
  assert.deepEqual([clamp(-2, 0, 1), clamp(0.4, 0, 1), clamp(7, 0, 1)], [0, 0.4, 1]);
  assert.deepEqual([roundTo(19.996, 2), roundTo(19.994, 2), roundTo(2.5, 0)], [20, 19.99, 3]);
  assert.ok(Object.is(roundTo(-0.3, 0), 0));
});

test('solveIntercept: for any scores the mean probability is the rate within 1e-10', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -30, max: 30, noNaN: true }), { minLength: 1, maxLength: 50 }),
      fc.double({ min: 0.01, max: 0.9, noNaN: true }),
      (scores, rate) => {
        const intercept = solveIntercept(Float64Array.from(scores), rate);
        const reached = mean(Float64Array.from(scores, (score) => sigmoid(intercept + score)));
        assert.ok(Math.abs(reached - rate) < 1e-10, `${reached} for ${rate}`);
      },
    ),
  );
});

test('solveIntercept: scores that are all higher by 2 give an intercept lower by 2', () => {
  const scores = sample('scores', (random) => random.normal());
  const higher = scores.map((score) => score + 2);
  assert.ok(Math.abs(solveIntercept(scores, 0.24) - 2 - solveIntercept(higher, 0.24)) < 1e-9);
});
