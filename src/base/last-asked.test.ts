import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lastAsked } from './last-asked.ts';

test('last asked: an answer is worked out once, also for those who ask at a time, and who was asked longest ago goes', async () => {
  const worked: string[] = [];
  const ask = lastAsked<string>(2);
  const of = (key: string) =>
    ask(key, async () => {
      worked.push(key);
      return key.toUpperCase();
    });
  assert.deepEqual(await Promise.all([of('a'), of('a'), of('b')]), ['A', 'A', 'B']);
  await of('a');
  await of('c');
  await of('a');
  await of('b');
  assert.deepEqual(worked, ['a', 'b', 'c', 'b']);
});

test('last asked: what fails or is not worth keeping is worked out anew', async () => {
  let asked = 0;
  const ask = lastAsked<number | null>(5, (value) => value !== null);
  const next = () =>
    ask('key', async () => {
      asked++;
      if (asked === 1) throw new Error('away');
      return asked === 2 ? null : asked;
    });
  await assert.rejects(next(), /away/);
  assert.deepEqual([await next(), await next(), await next()], [null, 3, 3]);
});
