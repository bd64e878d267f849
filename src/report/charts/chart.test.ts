import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { axisNumber, nameAxis, roundScale } from './chart.ts';

test('chart: for any two ends, an axis holds both in at most a dozen steps of a round number', () => {
  const value = fc
    .double({ min: -1000, max: 1000, noNaN: true })
    .filter((v) => v === 0 || Math.abs(v) > 1e-6);
  fc.assert(
    fc.property(value, value, (a, b) => {
      const [low, high] = a < b ? [a, b] : [b, a];
      const { min, max, interval } = roundScale(low, high);
      const slack = interval * 1e-6;
      assert.ok(min <= low + slack && max >= high - slack, `${low} ${high}: ${min} ${max}`);
      assert.ok((max - min) / interval < 12.5);
      assert.ok(max > min);
    }),
  );
});

test('chart: an axis around 0.84 counts in hundredths', () => {
  const { min, max, interval } = roundScale(0.788, 0.829);
  assert.deepEqual([min, max, interval].map(axisNumber), ['0.78', '0.83', '0.01']);
});

test('chart: numbers of an axis have no digits too many', () => {
  assert.deepEqual([0, 0.1 + 0.2, 1, -0.025, 100].map(axisNumber), ['0', '0.3', '1', '−0.025', '100']);
});

test('chart: names on an axis are one line, short, and strong where asked', () => {
  const { data } = nameAxis(['a\nb', 'x'.repeat(40)], new Set([1]));
  assert.equal(data[0]!.value, 'a b');
  assert.equal(data[1]!.value.length, 24);
  assert.deepEqual(
    data.map(({ textStyle }) => textStyle.fontWeight),
    [undefined, 'bold'],
  );
});
