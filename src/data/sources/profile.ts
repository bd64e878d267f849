/**
 * Profiles the columns of an opened file in SQL, in two ways that give the same. Tall tables: some columns at a time, side by
 * side, so that memory stays small. Wide ones of few rows: many columns on top of each other, grouped by their number,
 * since planning a query takes DuckDB longer than running it (about 9 ms a column side by side, 1 ms stacked).
 */
import type { JS } from '@duckdb/node-api';
import { byCodeUnit } from '../../table/column.ts';
import { missingText, missingTokens } from '../cells.ts';
import { type ColumnProfile, type LevelCount, mostLevels } from '../profile.ts';
import * as cell from './cell-sql.ts';
import { type Engine, isOneOf } from './duckdb.ts';
import type { Relation, StoredColumn } from './relation.ts';

/** Distinct values held at once: about 300 MB of hash tables. */
const valuesAtOnce = 8_000_000;
const mostColumnsAtOnce = 10;

/** Classes of a value; `case` stops at the first that fits, so that a number is never tried as a date. */
const classes = ['blank', 'token', 'number', 'boolean', 'time', 'date-like', 'other'] as const;
const figures = 6 + classes.length;

/** From so many columns on, and up to so many rows, columns are stacked, in stacks of about so many values. */
const leastStacked = 24;
const mostStackedRows = 50_000;
const valuesAStack = 1_000_000;
const mostColumnsAStack = 250;

export async function profileColumns(engine: Engine, relation: Relation): Promise<ColumnProfile[]> {
  const { columns, rowCount } = relation;
  return columns.length >= leastStacked && rowCount > 0 && rowCount <= mostStackedRows
    ? profileStacked(engine, relation)
    : profileSideBySide(engine, relation);
}

export async function profileSideBySide(engine: Engine, relation: Relation): Promise<ColumnProfile[]> {
  const atOnce = Math.max(1, Math.min(mostColumnsAtOnce, Math.floor(valuesAtOnce / relation.rowCount)));
  const profiles: ColumnProfile[] = [];
  for (let at = 0; at < relation.columns.length; at += atOnce) {
    profiles.push(...(await profileSome(engine, relation.rowCount, relation.columns.slice(at, at + atOnce))));
  }
  return profiles;
}

async function profileSome(
  engine: Engine,
  rows: number,
  columns: readonly StoredColumn[],
): Promise<ColumnProfile[]> {
  const from = sourceOf(columns);
  const [answer] = await engine.query(`select ${columns.flatMap(figuresOf).join(', ')} from ${from}`);
  const numbers = answer as Figures;
  const distinctAt = (c: number): number => numbers[c * figures]!;
  const listed = columns.filter((_, c) => distinctAt(c) <= mostLevels);
  const levels = await levelsOf(engine, from, listed);
  return columns.map((column, c) =>
    profileOf(column, rows, numbers.slice(c * figures, (c + 1) * figures), levels.get(column.sql) ?? null),
  );
}

export async function profileStacked(engine: Engine, relation: Relation): Promise<ColumnProfile[]> {
  const { columns, rowCount } = relation;
  const atOnce = Math.max(1, Math.min(mostColumnsAStack, Math.floor(valuesAStack / rowCount)));
  const profiles = new Map<StoredColumn, ColumnProfile>();
  // Doubles and texts do not fit into one list.
  for (const isFractional of [false, true]) {
    const alike = columns.filter((column) => column.isFractional === isFractional);
    for (let at = 0; at < alike.length; at += atOnce) {
      const stack = alike.slice(at, at + atOnce);
      for (const [column, profile] of await profileStack(engine, rowCount, stack, isFractional))
        profiles.set(column, profile);
    }
  }
  return columns.map((column) => profiles.get(column)!);
}

/** Columns of one sort on top of each other: `place` is the number of a row's column. */
async function profileStack(
  engine: Engine,
  rows: number,
  columns: readonly StoredColumn[],
  isFractional: boolean,
): Promise<[StoredColumn, ColumnProfile][]> {
  const values = columns.map((column) => (isFractional ? `${column.sql}::double` : column.text));
  const stacked = `select unnest(range(${columns.length})) as place, unnest([${values.join(', ')}]) as value from source`;
  const one = { sql: '', text: 'value', isFractional };
  const from = [
    `(select *, ${valueAndClassOf(one)} from`,
    `(select *, ${castOf(one)} from`,
    `(select place, ${trimOf({ ...one, stored: 'value' })} from (${stacked}))))`,
  ].join(' ');
  const answers = await engine.query(
    `select ${figuresOf(one).join(', ')} from ${from} group by place order by place`,
  );
  const listed = answers.flatMap(([distinct], place) => ((distinct as number) <= mostLevels ? [place] : []));
  const levels = new Map<number, LevelCount[]>();
  if (listed.length > 0) {
    const found = await engine.query(
      `select place::integer, map_keys(h), map_values(h)::double[] from ` +
        `(select place, histogram(k) as h from ${from} where place in (${listed.join(', ')}) group by place)`,
    );
    for (const [place, keys, counts] of found) levels.set(place as number, levelCounts(keys, counts));
  }
  return columns.map((column, place) => [
    column,
    profileOf(column, rows, answers[place] as Figures, levels.get(place) ?? null),
  ]);
}

type Figures = readonly (number | null)[];

/** The profile of a column from its figures in the order of `figuresOf`. */
function profileOf(
  column: StoredColumn,
  rows: number,
  numbers: Figures,
  levels: readonly LevelCount[] | null,
): ColumnProfile {
  const [distinct, whole, leadingZeros, min, max, meanLength, ...counts] = numbers;
  const count = (name: (typeof classes)[number]): number => counts[classes.indexOf(name)] ?? 0;
  return {
    name: column.name,
    stored: column.stored,
    rows,
    blank: count('blank'),
    tokens: count('token'),
    numbers: count('number'),
    booleans: count('boolean'),
    times: count('time'),
    dateLike: count('date-like'),
    others: count('other'),
    whole: whole ?? 0,
    leadingZeros: leadingZeros ?? 0,
    min: min ?? null,
    max: max ?? null,
    distinct: distinct ?? 0,
    levels,
    meanLength: meanLength ?? 0,
    ...(column.hasDecimalComma && { hasDecimalComma: true }),
  };
}

/** Per column: k its value (NULL when blank), class its kind of value, d its number where class is a number. */
function sourceOf(columns: readonly StoredColumn[]): string {
  return [
    `(select *, ${columns.map(valueAndClassOf).join(', ')} from`,
    `(select *, ${columns.map(castOf).join(', ')} from`,
    `(select ${columns.map((column) => trimOf({ ...column, stored: column.sql })).join(', ')} from source)))`,
  ].join(' ');
}

/** A column, or a stack of them, by the ending of the names that SQL gives its parts. */
type Named = Pick<StoredColumn, 'sql' | 'text' | 'isFractional'>;

const trimOf = ({ sql, text, isFractional, stored }: Named & { readonly stored: string }): string =>
  isFractional
    ? `case when isnan(${stored}::double) then null else ${stored}::double end as t${sql}`
    : `${cell.trimmedSql(text)} as t${sql}`;

const castOf = ({ sql }: Named): string => `${cell.castSql(`t${sql}`)} as d${sql}`;

const valueAndClassOf = ({ sql, isFractional }: Named): string =>
  isFractional
    ? `t${sql} as k${sql}, ${classOfDouble(`t${sql}`)} as class${sql}`
    : `${cell.levelSql(`t${sql}`)} as k${sql}, ${classOfText(`t${sql}`, `d${sql}`)} as class${sql}`;

const classOfText = (t: string, d: string): string =>
  `case when ${cell.isNumberSql(t, d)} then 2 when ${t} is null or ${isOneOf(t, ['', missingText])} then 0 ` +
  `when ${isOneOf(t, missingTokens)} then 1 when ${cell.isBooleanSql(t)} then 3 ` +
  `when ${cell.isTimeSql(t)} then 4 when ${cell.isDateLikeSql(t)} then 5 else 6 end`;
const classOfDouble = (t: string): string =>
  `case when ${t} is null then 0 when isinf(${t}) then 6 else 2 end`;

function figuresOf({ sql, isFractional }: Named): string[] {
  const k = `k${sql}`;
  const d = `d${sql}`;
  const isNumber = `class${sql} = 2`;
  const isPadded = `${isNumber} and ${k} >= '+' and ${k} < '1' and regexp_full_match(${k}, '[+-]?0[0-9].*')`;
  return [
    `count(distinct ${k})::double`,
    `(count(*) filter (${isNumber} and ${d} = trunc(${d})))::double`,
    isFractional ? '0::double' : `(count(*) filter (${isPadded}))::double`,
    `min(${d}) filter (${isNumber})`,
    `max(${d}) filter (${isNumber})`,
    isFractional ? '0::double' : `avg(length(${k}))`,
    ...classes.map((_, c) => `(count(*) filter (class${sql} = ${c}))::double`),
  ];
}

async function levelsOf(
  engine: Engine,
  from: string,
  columns: readonly StoredColumn[],
): Promise<Map<string, LevelCount[]>> {
  if (columns.length === 0) return new Map();
  const lists = columns.flatMap(({ sql }) => [`map_keys(h${sql})`, `map_values(h${sql})::double[]`]);
  const maps = columns.map(({ sql }) => `histogram(k${sql}) as h${sql}`);
  const [answer] = await engine.query(
    `select ${lists.join(', ')} from (select ${maps.join(', ')} from ${from})`,
  );
  return new Map(columns.map(({ sql }, c) => [sql, levelCounts(answer?.[2 * c], answer?.[2 * c + 1])]));
}

/** The lists of a histogram as levels by code unit; a column without values has none. */
function levelCounts(keys: JS | undefined, counts: JS | undefined): LevelCount[] {
  const numbers = (counts ?? []) as readonly number[];
  return ((keys ?? []) as readonly (string | number)[])
    .map((key, i) => ({ level: String(key), count: numbers[i]! }))
    .sort((a, b) => byCodeUnit(a.level, b.level));
}
