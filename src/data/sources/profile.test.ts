import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { UnavailableError } from '../../base/errors.ts';
import { type ColumnProfile, mostLevels } from '../profile.ts';
import { openEngine } from './duckdb.ts';
import { openSource } from './open.ts';
import { profileSideBySide, profileStacked } from './profile.ts';
import { type Relation, sqlName } from './relation.ts';
import { writeRows } from './write.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-profile-'));
after(() => rmSync(folder, { recursive: true, force: true }));

async function profilesOf(path: string): Promise<readonly ColumnProfile[]> {
  const source = await openSource(path);
  const profiles = await source.profile();
  await source.close();
  return profiles;
}

async function profileOf(...cells: string[]): Promise<ColumnProfile> {
  const path = join(folder, 'one.csv');
  writeFileSync(path, `x,end\n${cells.map((cell) => `"${cell}",.\n`).join('')}`);
  return (await profilesOf(path))[0]!;
}

test('profile: each row is counted in one class', async () => {
  const profile = await profileOf(
    '1',
    '2.5',
    '',
    ' ',
    '#N/A',
    'NA',
    'true',
    '2018-01-22',
    '22.01.2018',
    'x',
    '1_0',
  );
  const { blank, tokens, numbers, booleans, times, dateLike, others, rows } = profile;
  assert.deepEqual(
    { blank, tokens, numbers, booleans, times, dateLike, others },
    { blank: 3, tokens: 1, numbers: 2, booleans: 1, times: 1, dateLike: 1, others: 2 },
  );
  assert.equal(rows, 11);
  assert.equal(profile.distinct, 8);
});

test('profile: numbers have their range, whole ones and those with leading zeros are counted', async () => {
  const profile = await profileOf('007', '0', '0.5', '-3', '12', '1e2');
  const { numbers, whole, leadingZeros, min, max } = profile;
  assert.deepEqual(
    { numbers, whole, leadingZeros, min, max },
    { numbers: 6, whole: 5, leadingZeros: 1, min: -3, max: 100 },
  );
});

test('profile: levels are trimmed, counted and sorted by code unit', async () => {
  const { levels, distinct } = await profileOf('b', ' a', 'a ', 'B', '', 'b');
  assert.deepEqual(levels, [
    { level: 'B', count: 1 },
    { level: 'a', count: 2 },
    { level: 'b', count: 2 },
  ]);
  assert.equal(distinct, 3);
});

test('profile: above its limit a list of levels is left out', async () => {
  const numbers = Array.from({ length: mostLevels + 1 }, (_, i) => String(i));
  assert.equal((await profileOf(...numbers)).levels, null);
  assert.equal((await profileOf(...numbers.slice(1))).levels?.length, mostLevels);
});

test('profile: a column without values has no range and no levels', async () => {
  const { blank, min, max, levels, distinct, meanLength } = await profileOf('', ' ');
  assert.deepEqual(
    { blank, min, max, levels, distinct, meanLength },
    {
      blank: 2,
      min: null,
      max: null,
      levels: [],
      distinct: 0,
      meanLength: 0,
    },
  );
});

test('profile: CSV and Parquet of the same table differ only in how values are stored', async () => {
  const columns = [
    { name: 'n', kind: 'number' },
    { name: 's', kind: 'text' },
    { name: 'b', kind: 'boolean' },
  ] as const;
  const rows = Array.from({ length: 50 }, (_, i) => [
    i % 7 === 0 ? null : i / 4,
    `level ${i % 3}`,
    i % 2 === 0,
  ]);
  const [csv, parquet] = await Promise.all(
    ['t.csv', 't.parquet'].map(async (name) => {
      const path = join(folder, name);
      await writeRows(path, columns, rows);
      // Floating numbers of Parquet have no length as text.
      return (await profilesOf(path)).map(({ meanLength, stored, ...rest }) => rest);
    }),
  );
  assert.deepEqual(csv, parquet);
});

test('profile: more columns than are profiled at once keep their order', async () => {
  const names = Array.from({ length: 25 }, (_, i) => `column ${i}`);
  const path = join(folder, 'wide.csv');
  writeFileSync(path, `${names.join(',')}\n${names.map((_, i) => i).join(',')}\n`);
  const profiles = await profilesOf(path);
  assert.deepEqual(
    profiles.map(({ name, min }) => [name, min]),
    names.map((name, i) => [name, i]),
  );
});

test('profile: columns on top of each other have the profiles of columns side by side', async () => {
  const engine = await openEngine('test', () => new UnavailableError('work.memory', 'test: a query failed'));
  try {
    const texts = [
      "case i % 11 when 0 then null when 1 then ' ' when 2 then '#N/A' when 3 then 'NA' else i::varchar end",
      "case i % 7 when 0 then '007' when 1 then '1_0' when 2 then '+5' when 3 then 'inf' else (i / 8)::varchar end",
      "case i % 5 when 0 then 'true' when 1 then '2018-01-22' when 2 then '22.01.2018' else 'x' || i end",
      "'level ' || i",
      'null::varchar',
    ];
    const doubles = [
      "case i % 4 when 0 then null when 1 then 'nan'::double when 2 then 'infinity'::double else i / 3 end",
    ];
    const made = [...texts, ...doubles].map((sql, c) => `${sql} as c${c}`).join(', ');
    await engine.query(`create table source as select ${made} from range(1500) as r(i)`);
    const relation: Relation = {
      rowCount: 1500,
      columns: [...texts, ...doubles].map((_, c) => ({
        name: `column ${c}`,
        stored: c < texts.length ? 'text' : 'number',
        sql: sqlName(c),
        text: `${sqlName(c)}::varchar`,
        isFractional: c >= texts.length,
      })),
    };
    const stacked = await profileStacked(engine, relation);
    assert.deepEqual(stacked, await profileSideBySide(engine, relation));
    assert.ok(stacked[3]!.distinct === 1500 && stacked[3]!.levels === null && stacked[4]!.distinct === 0);
  } finally {
    await engine.close();
  }
});
