import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  count,
  countOf,
  dateTime,
  decimal,
  duration,
  listed,
  metricText,
  modelName,
  money,
  ofHundred,
  paramsText,
  percent,
  range,
  shorten,
  shortRange,
} from './format.ts';

test('format: decimals have a real minus sign, no minus zero and never many digits', () => {
  assert.equal(decimal(0.84249), '0.842');
  assert.equal(decimal(-0.0126, 4), '−0.0126');
  assert.equal(decimal(-0.0001), '0.000');
  assert.equal(decimal(Number.NaN), '–');
  fc.assert(fc.property(fc.double({ min: -1e9, max: 1e9 }), (value) => !/\.\d{4}/.test(decimal(value))));
});

test('format: an amount has cents while it is small, never a minus zero', () => {
  assert.deepEqual([1234.4, 100, 12.5, 0, -3.2, -0.001, -1500, Number.NaN].map(money), [
    '1,234',
    '100',
    '12.50',
    '0.00',
    '−3.20',
    '0.00',
    '−1,500',
    '–',
  ]);
  assert.equal(metricText({ id: 'profit-at-threshold' }, 9.773), '9.77');
});

test('format: a percentage is 0 or 100 only when it is', () => {
  assert.equal(percent(0.7321), '73.2%');
  assert.equal(percent(0.5, 0), '50%');
  assert.equal(percent(0), '0.0%');
  assert.equal(percent(1), '100.0%');
  assert.equal(percent(0.0001), '<0.1%');
  assert.equal(percent(0.9999), '>99.9%');
  assert.equal(percent(0.001, 0), '<1%');
  assert.equal(percent(0.999, 0), '>99%');
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (share) => {
      assert.equal(percent(share) === '0.0%', share === 0);
      assert.equal(percent(share) === '100.0%', share === 1);
      assert.equal(ofHundred(share) === '100', share === 1);
      assert.equal(ofHundred(share) === '0', share === 0);
    }),
  );
});

test('format: counts, ranges and metrics read as people write them', () => {
  assert.equal(count(7043), '7,043');
  assert.equal(count(1234567), '1,234,567');
  assert.equal(count(999), '999');
  assert.equal(countOf(1, 'customer'), '1 customer');
  assert.equal(countOf(2, 'of them', 'of those'), '2 of those');
  assert.equal(range({ low: 0.1, high: 0.2 }, decimal), '0.100 to 0.200');
  assert.equal(shortRange({ low: 0.1, high: 0.2 }, decimal), '0.100–0.200');
  assert.equal(shortRange({ low: -0.1, high: 0.2 }, decimal), '−0.100 to 0.200');
  assert.equal(metricText({ id: 'recall' }, 0.7321), '73.2%');
  assert.equal(metricText({ id: 'roc-auc' }, 0.8421), '0.842');
});

test('format: durations', () => {
  const cases: readonly [number, string][] = [
    [0, '0.0 s'],
    [0.01, '<0.1 s'],
    [0.42, '0.4 s'],
    [9.96, '10 s'],
    [41.7, '42 s'],
    [59.6, '1 min 0 s'],
    [185, '3 min 5 s'],
    [3840, '1 h 4 min'],
    [-1, '–'],
  ];
  for (const [seconds, text] of cases) assert.equal(duration(seconds), text);
});

test('format: a time in UTC is written out; what is no such time stays as it is', () => {
  assert.equal(dateTime('2026-03-02T14:05:09.123Z'), '2 March 2026, 14:05 UTC');
  assert.equal(dateTime('2026-13-02T14:05Z'), '2026-13-02T14:05Z');
  assert.equal(dateTime('yesterday'), 'yesterday');
});

test('format: names and parameters', () => {
  assert.equal(modelName('logistic-regression'), 'Logistic regression');
  assert.equal(modelName('mlp'), 'MLP');
  assert.equal(paramsText({}), '');
  assert.equal(
    paramsText({ l2: 0.1 + 0.2, hidden: [64, 32], weight: null, warm: true, by: { at: 'x' } }),
    'l2 = 0.3, hidden = [64, 32], weight = none, warm = yes, by = { at = x }',
  );
  assert.equal(paramsText(Float64Array.of(1, 2)), '[1, 2]');
  assert.equal(shorten('abcdef', 6), 'abcdef');
  assert.equal(shorten('😀😀😀😀', 3), '😀😀…');
  assert.deepEqual([listed([]), listed(['a']), listed(['a', 'b', 'c'])], ['', 'a', 'a, b and c']);
});
