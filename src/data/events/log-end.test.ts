import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logEnd } from './log-end.ts';
import { dayMs } from './section.ts';

const day = (number: number): number => 19_000 * dayMs + number * dayMs;
/** Ten events a day. */
const daily = (days: number) => Array.from({ length: 10 * days }, (_, i) => day(i / 10));

test('log end: the end of the newest day', () => {
  const { end, stray, newest } = logEnd(Float64Array.from(daily(200)));
  assert.deepEqual([end, stray, newest], [day(200), 0, day(199)]);
  assert.equal(logEnd(Float64Array.of(day(3) + 5)).end, day(4));
});

test('log end: an event or two of thousands, months behind all others, do not count', () => {
  const { end, stray, newest } = logEnd(Float64Array.from([...daily(200), day(275), day(65_000)]));
  assert.deepEqual([end, stray, newest], [day(200), 2, day(65_000)]);
});

test('log end: where they are more, or not far, the log goes on to them', () => {
  const more = [...daily(200), day(275), day(276), day(277)];
  assert.deepEqual(
    [logEnd(Float64Array.from(more)).end, logEnd(Float64Array.from(more)).stray],
    [day(278), 0],
  );
  assert.equal(logEnd(Float64Array.from([...daily(200), day(229)])).end, day(230));
});
