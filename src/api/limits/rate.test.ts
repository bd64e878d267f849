import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rateLimiter } from './rate.ts';

const tooMany = { code: 'request.too-many', status: 429 };

function atTime(perSecond: number) {
  const clock = { nowMs: 1000, now: () => clock.nowMs, cpuSeconds: () => 0 };
  return { clock, limiter: rateLimiter(perSecond, clock) };
}

test('rate limit: two seconds of requests pass at once, the next is refused, a second later as many as a second holds', () => {
  const { clock, limiter } = atTime(5);
  for (let i = 0; i < 10; i++) limiter.take('shop');
  assert.throws(() => limiter.take('shop'), tooMany);
  clock.nowMs += 1000;
  for (let i = 0; i < 5; i++) limiter.take('shop');
  assert.throws(() => limiter.take('shop'), tooMany);
});

test('rate limit: one caller does not use up what another has', () => {
  const { limiter } = atTime(1);
  limiter.take('a', 100);
  assert.throws(() => limiter.check('a'), tooMany);
  limiter.take('b');
});

test('rate limit: what a caller owes is paid back within a second, however much it was', () => {
  const { clock, limiter } = atTime(50);
  limiter.take('a', 1_000_000);
  assert.throws(() => limiter.check('a'), tooMany);
  clock.nowMs += 1000;
  limiter.check('a');
});

test('rate limit: a clock that is set back refuses nobody and gives nothing', () => {
  const { clock, limiter } = atTime(1);
  limiter.take('a');
  clock.nowMs -= 100_000;
  limiter.take('a');
  assert.throws(() => limiter.check('a'), tooMany);
});

test('rate limit: checking costs nothing', () => {
  const { limiter } = atTime(1);
  for (let i = 0; i < 100; i++) limiter.check('a');
  limiter.take('a', 2);
});

test('rate limit: with 20,000 callers those who came last are remembered', () => {
  const { limiter } = atTime(1);
  for (let i = 0; i < 20_000; i++) limiter.take(`address ${i}`, 2);
  assert.throws(() => limiter.check('address 19999'), tooMany);
  limiter.check('address 0');
});
