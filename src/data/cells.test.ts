import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  blankCharacters,
  isScalar,
  levelSpelling,
  missingTokens,
  readBoolean,
  readLevel,
  readNumber,
  readTime,
  trimmed,
  unreadable,
} from './cells.ts';

test('cells: blanks at both ends are cut, inside they stay', () => {
  assert.equal(trimmed(`${blankCharacters}One  year${blankCharacters}`), 'One  year');
  assert.equal(trimmed(blankCharacters), '');
});

test('cells: numbers are written with a point, an exponent is allowed, anything else is unreadable', () => {
  const readable = { '1': 1, '-2.50': -2.5, '.5': 0.5, '5.': 5, '+7': 7, ' 1e3 ': 1000, '007': 7 };
  for (const [text, value] of Object.entries(readable)) assert.equal(readNumber(text), value, text);
  for (const text of ['1,5', '1_000', '+-1', '0x10', 'Infinity', 'inf', '1e400', '12 EUR', '-', '.', '١']) {
    assert.equal(readNumber(text), unreadable, text);
  }
});

test('cells: tokens such as NA are missing as number, time and boolean, but levels of a category', () => {
  for (const token of ['', ' ', ...missingTokens]) {
    assert.equal(readNumber(token), null, token);
    assert.equal(readTime(token), null, token);
    assert.equal(readBoolean(token), null, token);
  }
  assert.equal(readLevel('None'), 'None');
  assert.equal(readLevel(' NA '), 'NA');
  assert.equal(readLevel('#N/A'), null);
  assert.equal(readLevel(' \t'), null);
});

test('cells: booleans are true and false in any case; Yes and 1 are not', () => {
  assert.equal(readBoolean('TRUE'), true);
  assert.equal(readBoolean(' False'), false);
  assert.equal(readBoolean('Yes'), unreadable);
  assert.equal(readBoolean('1'), unreadable);
});

test('cells: ISO dates and timestamps are UTC unless they name a zone', () => {
  const readable: Record<string, string> = {
    '2018-01-22': '2018-01-22T00:00:00.000Z',
    '2018-01-22 10:30': '2018-01-22T10:30:00.000Z',
    '2018-01-22T10:30:05.123456': '2018-01-22T10:30:05.123Z',
    '2018-01-22T10:30:05Z': '2018-01-22T10:30:05.000Z',
    '2018-01-22T10:30:05+02:00': '2018-01-22T08:30:05.000Z',
    '2018-01-22T10:30:05-0530': '2018-01-22T16:00:05.000Z',
    '2020-02-29': '2020-02-29T00:00:00.000Z',
    '0099-12-31': '0099-12-31T00:00:00.000Z',
  };
  for (const [text, iso] of Object.entries(readable)) assert.equal(readTime(text), Date.parse(iso), text);
  for (const text of [
    '2019-02-29',
    '2018-13-01',
    '22-01-2018',
    '1/0/00',
    '2018-01-22T24:00',
    '2018-1-2',
    '2018',
  ]) {
    assert.equal(readTime(text), unreadable, text);
  }
});

test('cells: a text equals a JSON value by its type', () => {
  assert.ok(isScalar('1', 1));
  assert.ok(isScalar('1.0', 1));
  assert.ok(!isScalar('1.0', '1'));
  assert.ok(isScalar(' Yes ', 'Yes'));
  assert.ok(!isScalar('yes', 'Yes'));
  assert.ok(isScalar('TRUE', true));
  assert.ok(!isScalar('Yes', true));
});

test('cells: levels are respelled only when all named levels are numbers or all are booleans', () => {
  assert.equal(levelSpelling([0, 1])('1.0'), '1');
  assert.equal(levelSpelling([0, 1])('many'), 'many');
  assert.equal(levelSpelling([true, false])('TRUE'), 'true');
  assert.equal(levelSpelling(['0', 1])('1.0'), '1.0');
  assert.equal(levelSpelling(undefined)('1.0'), '1.0');
});

test('cells: for any finite number its shortest text reads back as the same number', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      // The text of -0 is 0.
      assert.equal(readNumber(String(value)), value + 0);
    }),
  );
});

test('cells: for any date its ISO text reads back as the same time', () => {
  const dates = fc.date({ noInvalidDate: true, min: new Date('0001-01-01'), max: new Date('9999-12-31') });
  fc.assert(fc.property(dates, (date) => assert.equal(readTime(date.toISOString()), date.getTime())));
});
