import assert from 'node:assert/strict';
import { test } from 'node:test';
import { guessDateFormat } from './guess-date-format.ts';

test('date format: a first part above 12 is a day, a second part above 12 makes the first a month', () => {
  assert.deepEqual(guessDateFormat(['28-09-2012', '01-02-2013']), { format: 'dd-MM-yyyy', isCertain: true });
  assert.deepEqual(guessDateFormat(['09/28/2012', '01/02/2013']), { format: 'MM/dd/yyyy', isCertain: true });
});

test('date format: days up to 12 leave the order open', () => {
  assert.deepEqual(guessDateFormat(['03.04.2012', '01.02.2013']), { format: 'dd.MM.yyyy', isCertain: false });
});

test('date format: single digits, time of day and year first are seen', () => {
  assert.deepEqual(guessDateFormat(['9/28/2012', '1/2/2013']), { format: 'M/d/yyyy', isCertain: true });
  assert.deepEqual(guessDateFormat(['28.9.2012 07:30', '1.2.2013 17:05']), {
    format: 'd.M.yyyy H:mm',
    isCertain: true,
  });
  assert.deepEqual(guessDateFormat(['2012/09/28', '2013/01/02']), { format: 'yyyy/MM/dd', isCertain: true });
});

test('date format: what is no date, or only now and then one, has none', () => {
  assert.equal(guessDateFormat(['a', 'b']), undefined);
  assert.equal(guessDateFormat(['28-09-2012', '99-99-2012']), undefined);
  assert.equal(guessDateFormat([]), undefined);
});
