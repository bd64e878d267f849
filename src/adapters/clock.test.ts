import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { realClock } from './clock.ts';

describe('clock', () => {
  it('tells the time of day and the CPU time of this thread, both forward', () => {
    const time = realClock.now();
    const cpu = realClock.cpuSeconds();
    let sum = 0;
    while (realClock.cpuSeconds() - cpu < 0.005) for (let i = 0; i < 1e4; i++) sum += i;
    assert.ok(sum > 0);
    assert.ok(realClock.now() >= time && time > Date.UTC(2024, 0, 1));
    assert.ok(realClock.cpuSeconds() - cpu < 5, 'seconds, not milliseconds');
  });
});
