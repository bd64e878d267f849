import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { HoldfastError } from '../../base/errors.ts';
import type { WriteOutcome } from './log-writer.ts';
import { timelyLog } from './timely-log.ts';

const done: WriteOutcome = { repeated: new Set() };
const isUnavailable = (error: unknown) =>
  error instanceof HoldfastError && error.code === 'store.unavailable';

/** A log whose writes end when the test says so. */
function heldLog() {
  const writes: PromiseWithResolvers<WriteOutcome>[] = [];
  const write = (): Promise<WriteOutcome> => {
    writes.push(Promise.withResolvers());
    return writes.at(-1)!.promise;
  };
  return { writes, write };
}

test('timely log: in time it is the log itself, outcome or error', async () => {
  const held = heldLog();
  const log = timelyLog(held, 1000);
  const [first, second] = [log.write([]), log.write([])];
  const own = new Error('own');
  held.writes[1]!.reject(own);
  await assert.rejects(second, (error) => error === own);
  assert.equal(log.failure, own);
  held.writes[0]!.resolve(done);
  assert.equal(await first, done);
  assert.equal(log.failure, null);
});

test('timely log: a write that is overdue is refused, and nothing is begun behind it until it has ended', async () => {
  const held = heldLog();
  const log = timelyLog(held, 5);
  await assert.rejects(log.write([]), isUnavailable);
  await assert.rejects(log.write([]), isUnavailable);
  assert.equal(held.writes.length, 1, 'the second was not begun');
  held.writes[0]!.resolve(done);
  await nextTurn();
  assert.equal(log.failure, null);
  const third = log.write([]);
  assert.equal(held.writes.length, 2);
  held.writes[1]!.resolve(done);
  assert.equal(await third, done);
});
