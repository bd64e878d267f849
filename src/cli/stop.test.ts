import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import type { HoldfastError } from '../base/errors.ts';
import { listenForStop } from './stop.ts';

function fake() {
  const exits: number[] = [];
  const signals = Object.assign(new EventEmitter(), { exit: (code: number) => exits.push(code) });
  const said: string[] = [];
  return { signals, exits, said, stop: listenForStop(signals, (line) => said.push(line)) };
}

for (const first of ['SIGINT', 'SIGTERM']) {
  test(`stop: the first ${first} aborts with work.stopped and says how to end at once`, () => {
    const { signals, exits, said, stop } = fake();
    assert.equal(stop.signal.aborted, false);
    signals.emit(first);
    assert.equal((stop.signal.reason as HoldfastError).code, 'work.stopped');
    assert.equal((stop.signal.reason as HoldfastError).exit, 1);
    assert.deepEqual(said, ['Stopping; once more to end at once.']);
    assert.deepEqual(exits, []);
  });
}

test('stop: the second signal ends at once with 130', () => {
  const { signals, exits, said } = fake();
  signals.emit('SIGINT');
  signals.emit('SIGINT');
  assert.deepEqual(exits, [130]);
  assert.equal(said.length, 1);
});

test('stop: when the work is over nobody listens any more', () => {
  const { signals, stop } = fake();
  stop[Symbol.dispose]();
  assert.deepEqual([signals.listenerCount('SIGINT'), signals.listenerCount('SIGTERM')], [0, 0]);
});
