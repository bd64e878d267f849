/**
 * Opens the customers of a contract: the file itself, or, with `data.events`, one row a customer made of event logs.
 *
 * Features come from events in [cutoff - window, cutoff) that were known before the cutoff. The label is true for a
 * customer without any event in [cutoff + gap, cutoff + gap + horizon). Customers are those of the log with an event
 * of the window, sorted by id; or the rows of the customer table, in its order, and where the horizon makes the
 * label only those with an event of the window: whoever was silent before it can't be lost in it.
 */
import { basename, dirname, join, resolve } from 'node:path';
import { DataError, ParamError } from '../../base/errors.ts';
import { sha256 } from '../../base/hash.ts';
import { canonicalJson } from '../../base/plain.ts';
import { printable } from '../../base/text.ts';
import type { Column } from '../../table/column.ts';
import { createTable, takeRows } from '../../table/table.ts';
import type { Contract } from '../contract.ts';
import { customersFromLog } from '../events/event-contract.ts';
import { labelSpan, planFeatures } from '../events/plan.ts';
import { daysOf } from '../events/section.ts';
import type { ReadColumn, ReadResult, Source } from '../source.ts';
import { type Engine, openEngine } from './duckdb.ts';
import { type LogRows, readLog } from './event-log.ts';
import { isoDay, type Moments, momentsOf } from './event-moments.ts';
import { matchWords, notesOf } from './event-notes.ts';
import { withinSql } from './event-sql.ts';
import {
  type JoinOptions,
  joinCustomers,
  loadLog,
  loadRoster,
  type MadeColumn,
  madeColumns,
  makeFeatures,
  uniteTurns,
} from './event-tables.ts';
import { openSource } from './open.ts';
import { profileColumns } from './profile.ts';
import { readColumns } from './read.ts';
import type { Relation } from './relation.ts';
import { slicesOf } from './slices.ts';

export interface CustomerOptions {
  /** Make the label where the horizon makes it; without it nothing after the cutoff is looked at. */
  readonly label: boolean;
  /** The folder to which paths of a project file are relative; without it all files lie beside `path`. */
  readonly folder?: string | undefined;
  /** Another cutoff than the contract's, YYYY-MM-DD; latest: the end of the newest day of the log. */
  readonly cutoff?: string | undefined;
}

export interface CustomerSource extends Source {
  /** The cutoff as YYYY-MM-DD, of a back-test the newest; null for a plain table. */
  readonly cutoff: string | null;
}

/** `path` is the file that `contract.source` names, or another of its shape. */
export async function openCustomers(
  path: string,
  contract: Contract,
  options: CustomerOptions,
): Promise<CustomerSource> {
  const { events } = contract;
  if (events === undefined) {
    if (options.cutoff !== undefined && options.cutoff !== 'latest') {
      throw new ParamError('usage.argument', 'cutoff: the contract has no data.events; leave --cutoff out', {
        option: 'cutoff',
      });
    }
    return { ...(await openSource(path)), cutoff: null };
  }
  const locate = (source: string): string =>
    options.folder === undefined ? join(dirname(path), basename(source)) : resolve(options.folder, source);
  const isOwnLog = customersFromLog(contract);
  const main = await readLog(isOwnLog ? path : locate(events.source), events);
  const more: LogRows[] = [];
  for (const log of events.more) more.push(await readLog(locate(log.source), log));
  const moments = momentsOf(main, events, options);
  const table = isOwnLog ? null : await openSource(path);
  try {
    const ids = table ? await idsOf(table, contract.id!) : main.customers;
    return await made(path, contract, [main, ...more], moments, options.label, ids, table);
  } catch (error) {
    await table?.close();
    throw error;
  }
}

async function idsOf(table: Source, id: string): Promise<readonly string[]> {
  const { table: read } = await table.read([{ name: id, kind: 'text' }]);
  const column = read.columns[0];
  return column?.kind === 'text' ? column.values.map((value) => value?.trim() ?? '') : [];
}

const failed = () =>
  new DataError('events.log', 'data.events: the features cannot be computed; report the log that did it');

async function made(
  path: string,
  contract: Contract,
  logs: readonly LogRows[],
  moments: Moments,
  label: boolean,
  ids: readonly string[],
  table: Source | null,
): Promise<CustomerSource> {
  const events = contract.events!;
  const main = logs[0]!;
  const newest = moments.cutoffs.at(-1)!;
  const engine = await openEngine(main.who, failed);
  try {
    const options: JoinOptions = {
      withId: table === null,
      makesLabel: label && events.horizon !== undefined,
      onlyActive: table === null || (label && events.horizon !== undefined),
    };
    const codeOf = new Map<string, number>();
    for (const id of ids) if (!codeOf.has(id)) codeOf.set(id, codeOf.size);
    const strangers = logs.flatMap((log, at) =>
      table || at > 0 ? (matchWords(log, codeOf, { isLearned: label, isTable: table !== null }) ?? []) : [],
    );
    for (const [at, log] of logs.entries()) await loadLog(engine, at, log, codeOf);
    await loadRoster(engine, ids, codeOf);
    let columns: readonly MadeColumn[] = [];
    for (const [turn, cutoff] of moments.cutoffs.entries())
      columns = await makeTurn(engine, turn, contract, cutoff, options);
    const relation = await uniteTurns(engine, moments.cutoffs.length, columns);
    if (relation.rowCount === 0) {
      throw new DataError(
        'events.log',
        `${main.who}: no customer has an event in the ${events.window} before ${isoDay(newest)}, at least one needed; correct data.events.cutoff or window`,
        { cutoff: isoDay(newest) },
      );
    }
    const unlike = table && !label && events.horizon !== undefined ? await countSilent(engine) : 0;
    const places =
      table && relation.rowCount < table.rowCount
        ? Int32Array.from((await engine.query('select place::double from source')).flat() as number[])
        : null;
    refuseClash(table, relation);
    let names = 0;
    const read = async (columns: readonly ReadColumn[]): Promise<ReadResult> => {
      const isMade = ({ name }: ReadColumn): boolean => relation.columns.some((one) => one.name === name);
      const own = await readColumns(
        main.who,
        engine,
        relation,
        columns.filter(isMade),
        () => `own${names++}`,
        failed,
      );
      if (!table) return own;
      const theirs = takeRead(await table.read(columns.filter((column) => !isMade(column))), places);
      return together(columns, own, theirs, relation.rowCount);
    };
    return {
      path,
      format: (table ?? main.facts).format,
      encoding: (table ?? main.facts).encoding,
      hash: sha256(
        canonicalJson({
          cutoff: moments.cutoffs.map(isoDay).join(' '),
          files: [...(table ? [table.hash] : []), ...logs.map(({ facts }) => facts.hash)],
        }),
      ),
      columns: [...(table?.columns ?? []), ...relation.columns.map(({ name, stored }) => ({ name, stored }))],
      rowCount: relation.rowCount,
      profile: async () => [...((await table?.profile()) ?? []), ...(await profileColumns(engine, relation))],
      read,
      // Features are made of the whole log at once, so there is nothing to read piece by piece.
      async *chunks(columns, rows) {
        yield* slicesOf(await read(columns), rows);
      },
      close: async () => {
        await engine.close();
        await table?.close();
      },
      notes: [
        ...strangers,
        ...(table?.notes ?? []),
        ...logs.flatMap(({ facts }) => facts.notes),
        ...notesOf(logs, events, moments, { gone: table ? table.rowCount - relation.rowCount : 0, unlike }),
      ],
      cutoff: isoDay(newest),
    };
  } catch (error) {
    await engine.close();
    throw error;
  }
}

/** The rows of one cutoff. */
async function makeTurn(
  engine: Engine,
  turn: number,
  contract: Contract,
  cutoff: number,
  options: JoinOptions,
): Promise<readonly MadeColumn[]> {
  const events = contract.events!;
  const windows = [events, ...events.more].map((log) => daysOf(log.window ?? events.window));
  const plans = [events, ...events.more].map((log, at) => planFeatures(log, cutoff, windows[at]!));
  for (const [at, plan] of plans.entries()) await makeFeatures(engine, at, plan, cutoff, windows[at]!);
  if (options.makesLabel) {
    const span = labelSpan(cutoff, daysOf(events.gap), daysOf(events.horizon!));
    await engine.query(
      `create or replace table later as select distinct customer from log0 where ${withinSql(span)}`,
    );
  }
  const columns = madeColumns(contract, plans, cutoff, options);
  await joinCustomers(engine, turn, columns, plans.length, options);
  return columns;
}

/** Rows without an event of the main log in the window, which a label would have left out. */
async function countSilent(engine: Engine): Promise<number> {
  const [[count]] = (await engine.query(
    'select count(*)::double from roster left join made0 on made0.customer = roster.customer where made0.customer is null',
  )) as [[number]];
  return count;
}

function refuseClash(table: Source | null, { columns }: Relation): void {
  const taken = new Set(table?.columns.map(({ name }) => name));
  const seen = new Set<string>();
  for (const { name } of columns) {
    if (taken.has(name) || seen.has(name)) {
      throw new DataError(
        'data.header',
        `data.events: a column named ${printable(name)} is there already; rename it, or give the log a name`,
        { column: name },
      );
    }
    seen.add(name);
  }
}

/** Rows of a customer table that stay, under their new places. */
function takeRead(read: ReadResult, places: Int32Array | null): ReadResult {
  if (!places) return read;
  const placeOf = new Map([...places].map((place, row) => [place, row]));
  return {
    table: takeRows(read.table, places),
    unreadable: read.unreadable.flatMap(({ column, row }) => {
      const place = placeOf.get(row);
      return place === undefined ? [] : [{ column, row: place }];
    }),
  };
}

/** Columns of both reads in the order asked for. */
function together(
  columns: readonly ReadColumn[],
  own: ReadResult,
  theirs: ReadResult,
  rowCount: number,
): ReadResult {
  const byName = new Map<string, Column>(
    [...own.table.columns, ...theirs.table.columns].map((column) => [column.name, column]),
  );
  return {
    table: createTable(
      columns.map(({ name }) => byName.get(name)!),
      rowCount,
    ),
    unreadable: columns.flatMap(({ name }) =>
      [...own.unreadable, ...theirs.unreadable].filter(({ column }) => column === name),
    ),
  };
}
