/** Profiles the columns of an opened file in SQL, some columns at a time so that memory stays small. */
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

export async function profileColumns(engine: Engine, relation: Relation): Promise<ColumnProfile[]> {
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
  const numbers = answer as (number | null)[];
  const distinctAt = (c: number): number => numbers[c * figures]!;
  const listed = columns.filter((_, c) => distinctAt(c) <= mostLevels);
  const levels = await levelsOf(engine, from, listed);
  return columns.map((column, c) => {
    const [distinct, whole, leadingZeros, min, max, meanLength, ...counts] = numbers.slice(
      c * figures,
      (c + 1) * figures,
    );
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
      levels: levels.get(column.sql) ?? null,
      meanLength: meanLength ?? 0,
      ...(column.hasDecimalComma && { hasDecimalComma: true }),
    };
  });
}

/** Per column: k its value (NULL when blank), class its kind of value, d its number where class is a number. */
function sourceOf(columns: readonly StoredColumn[]): string {
  const trims = columns.map((column) =>
    column.isFractional
      ? `case when isnan(${column.sql}::double) then null else ${column.sql}::double end as t${column.sql}`
      : `${cell.trimmedSql(column.text)} as t${column.sql}`,
  );
  const casts = columns.map(({ sql }) => `${cell.castSql(`t${sql}`)} as d${sql}`);
  const read = columns.map(({ sql, isFractional }) =>
    isFractional
      ? `t${sql} as k${sql}, ${classOfDouble(`t${sql}`)} as class${sql}`
      : `${cell.levelSql(`t${sql}`)} as k${sql}, ${classOfText(`t${sql}`, `d${sql}`)} as class${sql}`,
  );
  return [
    `(select *, ${read.join(', ')} from`,
    `(select *, ${casts.join(', ')} from`,
    `(select ${trims.join(', ')} from source)))`,
  ].join(' ');
}

const classOfText = (t: string, d: string): string =>
  `case when ${cell.isNumberSql(t, d)} then 2 when ${t} is null or ${isOneOf(t, ['', missingText])} then 0 ` +
  `when ${isOneOf(t, missingTokens)} then 1 when ${cell.isBooleanSql(t)} then 3 ` +
  `when ${cell.isTimeSql(t)} then 4 when ${cell.isDateLikeSql(t)} then 5 else 6 end`;
const classOfDouble = (t: string): string =>
  `case when ${t} is null then 0 when isinf(${t}) then 6 else 2 end`;

function figuresOf({ sql, isFractional }: StoredColumn): string[] {
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
  return new Map(
    columns.map(({ sql }, c) => {
      const keys = (answer?.[2 * c] ?? []) as readonly (string | number)[];
      const counts = (answer?.[2 * c + 1] ?? []) as readonly number[];
      const levels = keys.map((key, i) => ({ level: String(key), count: counts[i]! }));
      return [sql, levels.sort((a, b) => byCodeUnit(a.level, b.level))];
    }),
  );
}
