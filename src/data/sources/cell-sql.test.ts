import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { readBoolean, readLevel, readNumber, readTime, trimmed, unreadable } from '../cells.ts';
import * as sql from './cell-sql.ts';
import { type Engine, literal, openEngine } from './duckdb.ts';

let engine: Engine;
before(async () => {
  engine = await openEngine('test', () => {
    throw new Error('the SQL of a cell failed');
  });
});
after(() => engine.close());

/** What SQL makes of each text: trimmed, level, number, time, boolean. */
async function readBySql(texts: readonly string[]): Promise<unknown[][]> {
  const rows = `select unnest([${texts.map(literal).join(', ')}]) as x, unnest(range(${texts.length})) as i`;
  const casts = `select *, ${sql.castSql('t')} as d from (select *, ${sql.trimmedSql('x')} as t from (${rows}))`;
  const answers = [
    't',
    sql.levelSql('t'),
    sql.numberOfText('t', 'd'),
    sql.timeOfText('t'),
    sql.booleanOfText('t'),
  ];
  return engine.query(`select ${answers.join(', ')} from (${casts}) order by i`);
}

function readByCells(text: string): unknown[] {
  const number = (value: number | null | typeof unreadable) =>
    value === unreadable ? sql.unreadableNumber : (value ?? Number.NaN);
  const boolean = readBoolean(text);
  return [
    trimmed(text),
    readLevel(text),
    number(readNumber(text)),
    number(readTime(text)),
    boolean === unreadable ? sql.unreadableBoolean : boolean === null ? -1 : Number(boolean),
  ];
}

const pieces = [
  '0',
  '1',
  '9',
  '12',
  '2018',
  '-',
  '+',
  '.',
  ',',
  '_',
  'e',
  'E',
  'x',
  'inf',
  'nan',
  'NA',
  'true',
];
const blanks = [' ', '\t', '\n', '\r', '\v', '\f', '\u00a0', '\ufeff', '\u2003', 'ä', '😀', "'", '"', '\\'];
const anyCell = fc.oneof(
  fc.array(fc.constantFrom(...pieces, ...blanks), { maxLength: 7 }).map((parts) => parts.join('')),
  fc.double().map(String),
  fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0')),
  fc.constantFrom(
    'NA',
    'N/A',
    '#N/A',
    'NaN',
    'nan',
    'null',
    'NULL',
    'None',
    'none',
    'TRUE',
    'False',
    '-0',
    '1e999',
  ),
);
const two = (most: number) => fc.integer({ min: 0, max: most }).map((n) => String(n).padStart(2, '0'));
const anyTime = fc
  .record({
    year: fc.integer({ min: 1, max: 9999 }).map((n) => String(n).padStart(4, '0')),
    month: two(13),
    day: two(32),
    separator: fc.constantFrom('T', ' ', '', 't'),
    hour: two(24),
    minute: two(60),
    rest: fc.constantFrom('', ':00', ':59.5', ':60', ':07.123456', ':07.999999999'),
    zone: fc.constantFrom('', 'Z', '+02', '+02:00', '-0530', 'z', ' UTC'),
  })
  .map(({ year, month, day, separator, hour, minute, rest, zone }) =>
    separator === ''
      ? `${year}-${month}-${day}`
      : `${year}-${month}-${day}${separator}${hour}:${minute}${rest}${zone}`,
  );

for (const [name, cells] of [
  ['text', anyCell],
  ['text like a timestamp', anyTime],
] as const) {
  test(`cell-sql: for any ${name} SQL reads what cells.ts reads`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(cells, { minLength: 100, maxLength: 200 }), async (texts) => {
        const found = await readBySql(texts);
        texts.forEach((text, row) => {
          assert.deepEqual(found[row], readByCells(text), JSON.stringify(text));
        });
      }),
      { numRuns: 15 },
    );
  });
}

for (const format of ['dd-MM-yyyy', 'M/d/yyyy H:mm', 'dd.MM.yyyy HH:mm:ss', 'yyyy/MM/dd']) {
  test(`cell-sql: for any text near ${format} SQL reads what cells.ts reads`, async () => {
    const digits = (most: number) =>
      fc.tuple(fc.integer({ min: 0, max: most }), fc.boolean()).map(([value, pads]) => {
        const text = String(value);
        return pads ? text.padStart(2, '0') : text;
      });
    const pieces = {
      yyyy: fc.constantFrom('2018', '2016', '0001', '9999', '18'),
      MM: digits(14),
      M: digits(14),
      dd: digits(33),
      d: digits(33),
      HH: digits(25),
      H: digits(25),
      mm: digits(61),
      ss: digits(61),
    };
    const near = fc.tuple(
      ...format
        .split(/(yyyy|MM?|dd?|HH?|mm|ss)/)
        .map((piece) => (piece in pieces ? pieces[piece as keyof typeof pieces] : fc.constant(piece))),
    );
    const any = fc.oneof(
      near.map((parts) => parts.join('')),
      fc.constantFrom('', 'NA', '2018-01-22', '#N/A', 'x'),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(any, { minLength: 200, maxLength: 200 }), async (texts) => {
        const rows = `select unnest([${texts.map(literal).join(', ')}]) as t, unnest(range(${texts.length})) as i`;
        const answers = await engine.query(`select ${sql.timeOfText('t', format)} from (${rows}) order by i`);
        texts.forEach((text, i) => {
          const value = readTime(text, format);
          const due = value === unreadable ? sql.unreadableNumber : (value ?? Number.NaN);
          assert.deepEqual(Number(answers[i]![0] ?? Number.NaN), due, JSON.stringify(text));
        });
      }),
      { numRuns: 5 },
    );
  });
}
