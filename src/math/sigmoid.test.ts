import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { assertClose, readGolden } from '../../golden/compare.ts';
import { log1pExp, logit, sigmoid } from './sigmoid.ts';

const { logistic } = readGolden<{
  logistic: { z: number[]; sigmoid: number[]; log1pExp: number[]; p: number[]; logit: number[] };
}>('math');
const fewUlps = { relative: 1e-15, reason: 'each side rounds two or three times' };

test('sigmoid: agrees with scipy.special.expit', () => {
  assertClose(logistic.z.map(sigmoid), logistic.sigmoid, fewUlps);
});

test('log1pExp: agrees with -scipy.special.log_expit(-z)', () => {
  assertClose(logistic.z.map(log1pExp), logistic.log1pExp, fewUlps);
});

test('logit: agrees with scipy.special.logit, also a hair from one half', () => {
  assertClose(logistic.p.map(logit), logistic.logit, fewUlps);
});

test('sigmoid: ends, middle and NaN', () => {
  assert.equal(sigmoid(0), 0.5);
  assert.equal(sigmoid(-0), 0.5);
  assert.equal(sigmoid(Number.POSITIVE_INFINITY), 1);
  assert.equal(sigmoid(Number.NEGATIVE_INFINITY), 0);
  assert.equal(sigmoid(Number.NaN), Number.NaN);
  assert.ok(sigmoid(-745) > 0);
});

test('logit: ends are infinite, one half is 0, outside is NaN', () => {
  assert.equal(logit(0), Number.NEGATIVE_INFINITY);
  assert.equal(logit(1), Number.POSITIVE_INFINITY);
  assert.equal(logit(0.5), 0);
  assert.equal(logit(-0.1), Number.NaN);
  assert.equal(logit(1.1), Number.NaN);
});

test('log1pExp: never overflows, and is z itself far to the right', () => {
  assert.equal(log1pExp(1000), 1000);
  assert.equal(log1pExp(-1000), 0);
  assert.equal(log1pExp(Number.POSITIVE_INFINITY), Number.POSITIVE_INFINITY);
  assert.equal(log1pExp(Number.NaN), Number.NaN);
});

test('for any log-odds: sigmoid(-z) is 1 - sigmoid(z), and logit brings z back', () => {
  fc.assert(
    fc.property(fc.double({ min: -30, max: 30, noNaN: true }), (z) => {
      const reason = 'rounding of p near 1 grows by 1 / (1 - p) in logit';
      assertClose(sigmoid(-z), 1 - sigmoid(z), { absolute: 2.3e-16, reason });
      assertClose(logit(sigmoid(z)), z, { absolute: 1e-15 + 2.3e-16 / sigmoid(-z), reason });
    }),
  );
});
