import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  displayWidth,
  fixed,
  formatInterval,
  formatParams,
  formatTable,
  percent,
  programName,
  shellWord,
  shownPath,
} from './format.ts';

test('table: columns are as wide as needed, numbers stand at the right, no line ends in blanks', () => {
  const rows = [
    ['contract = monthly', '120', ''],
    ['plan', '7', 'x'],
  ];
  assert.equal(
    formatTable(['group', 'rows', ''], rows, [1]),
    ['  group               rows', '  contract = monthly   120', '  plan                   7  x'].join('\n'),
  );
});

test('table: a long name is cut, a name with control characters cannot steer the terminal', () => {
  const lines = formatTable(
    ['name', 'n'],
    [
      ['x'.repeat(200), '1'],
      ['a\u001b[31m\nb', '2'],
    ],
  ).split('\n');
  assert.equal(lines.length, 3);
  assert.ok(lines.every((line) => line.length < 80));
  assert.equal(lines[2]!.trimStart(), `a?[31m?b${' '.repeat(52)}  2`);
});

test('table: East Asian letters, emoji and combining marks keep the columns in line', () => {
  assert.deepEqual(['abc', '契約', 'e\u0301', '🙂', 'ÄÖ', ''].map(displayWidth), [3, 4, 1, 2, 2, 0]);
  const [, first, second] = formatTable(
    ['a', 'b'],
    [
      ['契約', '1'],
      ['abcd', '2'],
    ],
  ).split('\n');
  assert.equal(displayWidth(first!), displayWidth(second!));
});

test('for any texts: every line of a table but the last cell has the same width', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.string({ unit: 'grapheme' }), fc.nat(99)), { minLength: 1 }),
      (pairs) => {
        const lines = formatTable(
          ['name', 'count'],
          pairs.map(([name, n]) => [name, String(n)]),
          [1],
        ).split('\n');
        assert.equal(lines.length, pairs.length + 1);
        assert.equal(new Set(lines.map(displayWidth)).size, 1);
      },
    ),
  );
});

test('numbers, shares, intervals and parameters as text', () => {
  assert.equal(fixed(0.84215), '0.8421');
  assert.equal(percent(0.25159), '25.2%');
  assert.equal(formatInterval({ low: 0.7, high: 1 }), '0.700 to 1.000');
  assert.equal(formatParams({ l2: 1, hidden: [32, 16], on: true }), 'l2 1, hidden [32,16], on true');
  assert.equal(
    formatParams({ rate: 0.031_622_776_601_683_79, alpha: 1e-7, seed: 123_456, hidden: [0.123_456] }),
    'rate 0.03162, alpha 1e-7, seed 123456, hidden [0.1235]',
  );
  assert.equal(formatParams({}), '');
  assert.equal(formatParams(null), '');
});

test('path: relative to the working directory when that is shorter', () => {
  assert.equal(shownPath('/a/b/c/model.holdfast', '/a/b'), 'c/model.holdfast');
  assert.equal(shownPath('/a/b/model.holdfast', '/a/b/c'), '../model.holdfast');
  assert.equal(shownPath('/x/model.holdfast', '/a/b/c/d/e'), '/x/model.holdfast');
  assert.equal(shownPath('/a', '/a'), '/a');
  assert.equal(shownPath('/a/b\u001b]0;\u0007', '/'), 'a/b?]0;?');
});

test('program name: as its launcher says, as npx was asked, else plain', () => {
  assert.equal(programName({ HOLDFAST_COMMAND: './holdfast', npm_command: 'exec' }), './holdfast');
  assert.equal(programName({ HOLDFAST_COMMAND: '/a b/holdfast' }), "'/a b/holdfast'");
  assert.equal(programName({ npm_command: 'exec' }), 'npx holdfast');
  assert.equal(programName({ npm_command: 'run-script' }), 'holdfast');
  assert.equal(programName({}), 'holdfast');
});

test('shell word: a path that needs quotes gets them', () => {
  assert.equal(shellWord('a/b-c_1.csv'), 'a/b-c_1.csv');
  assert.equal(shellWord('my file.csv'), "'my file.csv'");
  assert.equal(shellWord("it's"), "'it'\\''s'");
  assert.equal(shellWord('$(x)'), "'$(x)'");
  assert.equal(shellWord(''), "''");
});
