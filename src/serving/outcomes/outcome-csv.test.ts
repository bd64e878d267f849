import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readOutcomeCsv } from './outcome-csv.ts';

test('outcomes as CSV: a header, then a line each; quotes, line ends within them, blank lines, a mark at the start', () => {
  const text =
    '\uFEFFcustomerId,churned,happenedAt\r\na,true,2026-01-31\n\n"b ""the"" second,\nof two lines",false,\r\n ü ,1,"2026-02-01"';
  assert.deepEqual(readOutcomeCsv(text), [
    { line: 2, cells: { customerId: 'a', churned: 'true', happenedAt: '2026-01-31' } },
    { line: 4, cells: { customerId: 'b "the" second,\nof two lines', churned: 'false', happenedAt: '' } },
    { line: 6, cells: { customerId: ' ü ', churned: '1', happenedAt: '2026-02-01' } },
  ]);
  assert.deepEqual(readOutcomeCsv('customerId,churned\n'), []);
  assert.deepEqual(readOutcomeCsv('churned,customerId\n0,'), [
    { line: 2, cells: { churned: '0', customerId: '' } },
  ]);
});

test('outcomes as CSV: what is no table is told by its line, and no value is', () => {
  const cases: [string, string, RegExp][] = [
    ['', '/line 1', /^must be a header/],
    ['\n'.repeat(20_001), '/line 1', /^is followed by more than 20000 lines/],
    ['\n \n', '/line 1', /^must be a header/],
    ['customerId,\na,1', '/line 1', /^must be a header of .*; one of its cells is none of them$/],
    ['customerId,churnd\na,1', '/line 1', /^must be a header of .*did you mean churned\?/],
    ['secret,1\na,1', '/line 1', /^must be a header of (?!.*secret)/],
    ['customerId,churned,churned\na,1,0', '/line 1', /^names churned twice$/],
    ['customerId,churned\na,1\nb,0,secret', '/line 3', /^has 3 cells, the header 2$/],
    ['customerId,churned\na\n', '/line 2', /^has 1 cells, the header 2$/],
    ['customerId,churned\n"a,1\nb,0', '/line 2', /^has a quote that is not closed/],
    ['customerId,churned\n"a"secret,1', '/line 2', /^has a quote that is not closed/],
    ['customerId,churned\nsec"ret,1', '/line 2', /^has a quote that is not closed/],
  ];
  for (const [text, path, message] of cases) {
    const [problem, ...more] = readOutcomeCsv(text);
    assert.ok(problem && 'message' in problem, text);
    assert.equal(problem.path, path, text);
    assert.match(problem.message, message);
    assert.doesNotMatch(problem.message, /secret/);
    assert.deepEqual(more, []);
  }
});

test('outcomes as CSV: megabytes that end in an open quote cost no more than their length', () => {
  const [problem] = readOutcomeCsv(`customerId,churned\n"${'a""'.repeat(300_000)}`);
  assert.ok(problem && 'message' in problem);
});

test('outcomes as CSV: for any cells, what was written is read again', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', 'ü') });
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  fc.assert(
    fc.property(
      fc.array(fc.tuple(cell, cell), { maxLength: 6 }),
      fc.constantFrom('\n', '\r\n'),
      (rows, end) => {
        const text = ['customerId,churned', ...rows.map((row) => row.map(quoted).join(','))].join(end);
        assert.deepEqual(
          readOutcomeCsv(text).map((one) =>
            'cells' in one ? [one.cells.customerId, one.cells.churned] : one,
          ),
          rows,
        );
      },
    ),
  );
});
