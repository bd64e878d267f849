import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requestIds } from './request-id.ts';

test('request ids: version 7 UUIDs that hold the millisecond', () => {
  const id = requestIds(() => 0x0123456789ab)();
  assert.match(id, /^01234567-89ab-7000-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('request ids: 20,000 in a standing, a running and a backward clock ascend and differ', () => {
  const moments = [() => 1000, (i: number) => 1000 + Math.floor(i / 7), (i: number) => 9000 - i] as const;
  for (const moment of moments) {
    let i = 0;
    const next = requestIds(() => moment(i++));
    const ids = Array.from({ length: 20_000 }, next);
    assert.equal(new Set(ids).size, ids.length);
    assert.deepEqual(ids, [...ids].sort());
  }
});
