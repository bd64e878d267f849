/** The tables of an engine on the way from event logs to customers: the logs, the features of each, all joined. */

import type { Contract } from '../contract.ts';
import { cutoffColumn } from '../events/event-contract.ts';
import type { PlannedColumn } from '../events/plan.ts';
import { dayMs } from '../events/section.ts';
import type { Engine } from './duckdb.ts';
import type { LogRows } from './event-log.ts';
import { expressionSql, withinSql } from './event-sql.ts';
import { storedColumn } from './parquet.ts';
import { type Relation, sqlName } from './relation.ts';

/** The table `log0`, `log1`...; what belongs to no known customer is only looked at for the log's end. */
export async function loadLog(
  engine: Engine,
  at: number,
  log: LogRows,
  codeOf: ReadonlyMap<string, number>,
): Promise<void> {
  const known = log.known ? ', known double' : '';
  await engine.query(
    `create table log${at} (customer integer, time double, worth double, ord integer${known})`,
  );
  const codes = Int32Array.from(log.customers, (id) => codeOf.get(id) ?? -1);
  const customer = log.customer.map((code) => codes[code]!);
  await engine.append(`log${at}`, [
    customer,
    log.time,
    log.worth,
    log.order,
    ...(log.known ? [log.known] : []),
  ]);
  // A log that doesn't say when it knew knew at once.
  if (!log.known) await engine.query(`alter table log${at} add column known double default '-infinity'`);
}

/** The table `made0`, `made1`...: a row for each customer with an event of the window. */
export async function makeFeatures(
  engine: Engine,
  at: number,
  plan: readonly PlannedColumn[],
  cutoff: number,
  windowDays: number,
): Promise<void> {
  const window = withinSql({ from: cutoff - windowDays * dayMs, to: cutoff });
  // NaN, a known-at that is missing, is above every number for DuckDB: not known.
  const usable = `customer >= 0 and ${window} and known < ${cutoff}`;
  const columns = plan.map(({ is }, c) => `${expressionSql(is, cutoff)} as f${c}`);
  await engine.query(
    `create or replace table made${at} as select customer, ${columns.join(', ')} from (select customer, time, nullif(worth, 'nan'::double) as worth, ord from log${at} where ${usable}) group by customer`,
  );
}

export interface JoinOptions {
  readonly withId: boolean;
  readonly onlyActive: boolean;
  readonly makesLabel: boolean;
}

/** The table `roster`: who may become a row, in order. */
export async function loadRoster(
  engine: Engine,
  ids: readonly string[],
  codeOf: ReadonlyMap<string, number>,
): Promise<void> {
  await engine.query('create table roster (place integer, customer integer, id varchar)');
  await engine.append('roster', [
    Int32Array.from(ids, (_, place) => place),
    Int32Array.from(ids, (id) => codeOf.get(id)!),
    ids,
  ]);
}

/** The columns of a made row, with the SQL over `roster`, `made0`... and `later` that gives each. */
export function madeColumns(
  contract: Contract,
  plans: readonly (readonly PlannedColumn[])[],
  cutoff: number,
  { withId, makesLabel }: JoinOptions,
): MadeColumn[] {
  const made = plans.flatMap((plan, at) =>
    plan.map(({ column, feature }, c) => ({
      name: column,
      type: 'DOUBLE',
      sql: feature.absent === null ? `made${at}.f${c}` : `coalesce(made${at}.f${c}, ${feature.absent})`,
    })),
  );
  const isBackTest = contract.events?.cutoffs !== undefined;
  return [
    ...(withId ? [{ name: contract.id!, type: 'VARCHAR', sql: 'roster.id' }] : []),
    ...(isBackTest
      ? [{ name: cutoffColumn, type: 'TIMESTAMP', sql: `make_timestamp(${cutoff * 1000})` }]
      : []),
    ...made,
    ...(makesLabel ? [{ name: contract.target.column, type: 'BOOLEAN', sql: 'later.customer is null' }] : []),
  ];
}

export interface MadeColumn {
  readonly name: string;
  /** DuckDB's. */
  readonly type: string;
  readonly sql: string;
}

/** The table `turn0`, `turn1`...: a row for each customer at one cutoff. */
export async function joinCustomers(
  engine: Engine,
  turn: number,
  columns: readonly MadeColumn[],
  logs: number,
  { onlyActive, makesLabel }: JoinOptions,
): Promise<void> {
  const joins = Array.from(
    { length: logs },
    (_, at) =>
      `${at === 0 && onlyActive ? '' : 'left '}join made${at} on made${at}.customer = roster.customer`,
  );
  if (makesLabel) joins.push('left join later on later.customer = roster.customer');
  const select = columns.map(({ sql }, c) => `${sql} as ${sqlName(c)}`);
  await engine.query(
    `create table turn${turn} as select ${turn} as turn, roster.place as place, ${select.join(', ')} from roster ${joins.join(' ')}`,
  );
}

/** The table `source`: the rows of all turns, in the order of the turns, then of the roster. */
export async function uniteTurns(
  engine: Engine,
  turns: number,
  columns: readonly MadeColumn[],
): Promise<Relation> {
  const all = Array.from({ length: turns }, (_, turn) => `select * from turn${turn}`).join(' union all ');
  await engine.query(`create table source as select * exclude (turn) from (${all}) order by turn, place`);
  const [[rowCount]] = (await engine.query('select count(*)::double from source')) as [[number]];
  return { columns: columns.map(({ name, type }, c) => storedColumn(name, sqlName(c), type)), rowCount };
}
