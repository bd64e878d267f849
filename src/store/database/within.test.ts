import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HoldfastError } from '../../base/errors.ts';
import { within } from './within.ts';

test('within: what comes in time is passed on, result or error', async () => {
  assert.equal(await within(1000, 'place', Promise.resolve(7)), 7);
  const own = new Error('own');
  await assert.rejects(within(1000, 'place', Promise.reject(own)), (error) => error === own);
});

test('within: what comes too late is store.unavailable, and its own error later harms nobody', async () => {
  const { promise, reject } = Promise.withResolvers<never>();
  await assert.rejects(
    within(5, 'place', promise),
    (error) =>
      error instanceof HoldfastError &&
      error.code === 'store.unavailable' &&
      error.message.startsWith('database place: it did not answer within 0.005 s'),
  );
  reject(new Error('late'));
  await new Promise((resolve) => setImmediate(resolve));
});
