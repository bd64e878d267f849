import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { csvScanner, findDialect, firstRecords } from './csv-scan.ts';

const comma = { delimiter: ',', quote: '"' };
const candidates = [',', ';', '\t', '|'];
const bytesOf = (text: string): Uint8Array => Buffer.from(text);

function scan(text: string, dialect = comma, chunk = text.length + 1) {
  const scanner = csvScanner(dialect);
  const bytes = bytesOf(text);
  for (let at = 0; at < bytes.length; at += chunk) scanner.push(bytes.subarray(at, at + chunk));
  return scanner.end();
}
const recordsOf = (text: string): string[][] => firstRecords(bytesOf(text), comma, true, 1e6);
const dialectOf = (text: string) => findDialect(bytesOf(text), true, candidates);

test('csv-scan: records end at any kind of line end, the last one needs none', () => {
  const expected = [
    ['a', 'b'],
    ['1', '2'],
  ];
  for (const text of ['a,b\n1,2\n', 'a,b\r\n1,2', 'a,b\r1,2\r', 'a,b\n\n1,2\n\n', '\na,b\r\n1,2\n']) {
    assert.deepEqual(recordsOf(text), expected, JSON.stringify(text));
  }
});

test('csv-scan: quotes hold delimiters, line breaks and doubled quotes; a quote inside plain text is itself', () => {
  assert.deepEqual(recordsOf('"a,1","b\r\nc","d""e"\n5" pipe, "x,y" ,\n'), [
    ['a,1', 'b\r\nc', 'd"e'],
    ['5" pipe', 'x,y', ''],
  ]);
});

test('csv-scan: rows of another width are counted, with the lines of the file on which they begin', () => {
  const facts = scan('a,b\n"x\ny\r\nz",1\n1,2,3\n\n4\n5,6\n');
  assert.deepEqual(facts.odd, { count: 2, lines: [5, 7] });
  assert.equal(facts.records, 5);
  assert.equal(facts.width, 2);
});

test('csv-scan: at most five lines are named, all are counted', () => {
  const facts = scan(`a,b\n${'1\n'.repeat(8)}`);
  assert.deepEqual(facts.odd, { count: 8, lines: [2, 3, 4, 5, 6] });
});

test('csv-scan: a quoted field that does not end, or goes on behind its quote, is named by its first line', () => {
  assert.equal(scan('a,b\n1,2\n3,"x\ny\n').brokenQuoteLine, 3);
  assert.equal(scan('a,b\n1,"x"y\n').brokenQuoteLine, 2);
  assert.equal(scan('a,b\n1,"x"\n').brokenQuoteLine, 0);
});

test('csv-scan: only text that every reader understands alike is plain', () => {
  for (const text of ['a,b\n1,"x""y"\n', 'a,b\r\n1,2\r\n', 'a,b\n1, x\n']) {
    assert.equal(scan(text).isPlain, true, JSON.stringify(text));
  }
  for (const text of ['a,b\r\n1,2\n', 'a,b\n1,x"y\n', 'a,b\n\n1,2\n', 'a,b\n1, "x"\n', 'a,b\n1,"x" \n']) {
    assert.equal(scan(text).isPlain, false, JSON.stringify(text));
  }
});

test('csv-scan: for any text the facts do not depend on how it is cut into chunks', () => {
  const text = fc
    .array(fc.constantFrom('a', '1', ',', '"', '\n', '\r', '\r\n', ' ', 'é'))
    .map((p) => p.join(''));
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 5 }), (some, chunk) => {
      assert.deepEqual(scan(some, comma, chunk), scan(some));
    }),
  );
});

test('csv-scan: for any table its quoted text reads back as the same cells', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' ', 'é', ';') });
  const table = fc.array(fc.tuple(cell, cell, cell), { minLength: 1 });
  fc.assert(
    fc.property(table, (rows) => {
      const lines = rows.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(','));
      assert.deepEqual(recordsOf(lines.join('\n')), rows);
    }),
  );
});

test('csv-scan: the delimiter is the one that divides the header and agrees with the rows', () => {
  assert.deepEqual(dialectOf('a,b\n1,2\n'), comma);
  assert.equal(dialectOf('a;b;c\n1,5;2,5;3,5\n').delimiter, ';');
  assert.equal(dialectOf('a\tb\n1,5\t2\n').delimiter, '\t');
  assert.equal(dialectOf('a|b\n1|2\n').delimiter, '|');
  assert.equal(dialectOf('name, first;age\nx;1\ny;2\n').delimiter, ';');
  assert.equal(dialectOf('only\n1\n2\n').delimiter, ',');
});

test('csv-scan: one row of another width does not change the delimiter', () => {
  assert.equal(dialectOf('a,b,c\n1,2,3;4;5,6\n1,2,3\n').delimiter, ',');
});

test('csv-scan: single quotes count as quotes only where they hold every name', () => {
  assert.deepEqual(dialectOf("'a','b'\n'1','2,5'\n"), { delimiter: ',', quote: "'" });
  assert.deepEqual(dialectOf("'tis,b\n1,2\n"), comma);
});
