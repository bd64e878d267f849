import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readTime, unreadable } from './cells.ts';
import { isoOfFormat, parseDateFormat } from './date-format.ts';

test('date format: day, month and year in any order, with and without a time', () => {
  const readable: Record<string, [format: string, iso: string]> = {
    '28-09-2012': ['dd-MM-yyyy', '2012-09-28T00:00:00Z'],
    '9/28/2012': ['M/d/yyyy', '2012-09-28T00:00:00Z'],
    '2012/09/28': ['yyyy/MM/dd', '2012-09-28T00:00:00Z'],
    '28.09.2012 7:05': ['dd.MM.yyyy H:mm', '2012-09-28T07:05:00Z'],
    '20120928 23:59:58': ['yyyyMMdd HH:mm:ss', '2012-09-28T23:59:58Z'],
  };
  for (const [text, [format, iso]] of Object.entries(readable))
    assert.equal(readTime(text, format), Date.parse(iso), text);
});

test('date format: ISO dates are read beside it, since they cannot be mistaken', () => {
  assert.equal(readTime('2012-09-28', 'dd-MM-yyyy'), Date.parse('2012-09-28'));
  assert.equal(readTime(' #N/A ', 'dd-MM-yyyy'), null);
});

test('date format: days that do not exist and texts of another form are unreadable', () => {
  for (const text of ['30-02-2012', '29-02-2011', '00-01-2012', '9-28-2012', '1/0/00', '28-09-12'])
    assert.equal(readTime(text, 'dd-MM-yyyy'), unreadable, text);
  assert.notEqual(readTime('29-02-2012', 'dd-MM-yyyy'), unreadable);
});

test('date format: unknown letters, a part twice, a part missing or out of place are no format', () => {
  for (const format of [
    '',
    'dd-mm-yyyy',
    'dd-MM',
    'dd-MM-yyyy dd',
    'dd-MMM-yyyy',
    'dd-MM-yyyy mm',
    'dd-MM-yyyy HH:ss',
    'dd-MM-yy',
  ])
    assert.equal(parseDateFormat(format), undefined, format);
});

test('date format: for any day of four formats, what is written is read', () => {
  const days = fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(days, fc.constantFrom('dd-MM-yyyy', 'd.M.yyyy', 'yyyy/MM/dd', 'M/d/yyyy'), (date, format) => {
      const [year, month, day] = date.toISOString().slice(0, 10).split('-');
      const text = format
        .replace('yyyy', year!)
        .replace(/MM?/, (token) => (token === 'M' ? String(Number(month)) : month!))
        .replace(/dd?/, (token) => (token === 'd' ? String(Number(day)) : day!));
      assert.equal(isoOfFormat(text, parseDateFormat(format)!), `${year}-${month}-${day} 00:00:00`);
    }),
  );
});
