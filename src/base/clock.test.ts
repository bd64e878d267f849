import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stoppedClock } from './clock.ts';

test('stopped clock: stands where it was put and has used no time', () => {
  assert.equal(stoppedClock().now(), 0);
  assert.equal(stoppedClock(1_704_067_200_000).now(), 1_704_067_200_000);
  assert.equal(stoppedClock().cpuSeconds(), 0);
});
