/**
 * Reads columns of an opened file piece by piece: the cells that `read.ts` reads whole, in memory for some pieces only.
 *
 * One pass over the file. A category's codes come from the levels that its contract names; only other texts travel as
 * texts. Very wide tables are read by several queries side by side.
 */
import type { HoldfastError } from '../../base/errors.ts';
import { byCodeUnit } from '../../table/column.ts';
import { createTable } from '../../table/table.ts';
import { levelSpelling, scalarText } from '../cells.ts';
import type { ReadChunk, ReadColumn, ReadResult } from '../source.ts';
import { type Engine, literal, type Piece } from './duckdb.ts';
import { resultOf, selectOf, type Wanted, wantedColumns } from './read.ts';
import { columnPlan, type Levels, type Taking } from './read-column.ts';
import type { Relation } from './relation.ts';

/** Planning takes half a second for so many; each query more reads the whole file once more. */
const columnsAtOnce = 200;

/** `rows`: of a piece, the last one has less. `broken` is thrown when the file has not as many rows as were counted. */
export async function* readChunks(
  who: string,
  engine: Engine,
  relation: Relation,
  columns: readonly ReadColumn[],
  rows: number,
  nextName: () => string,
  broken: () => HoldfastError,
): AsyncGenerator<ReadChunk, void, undefined> {
  const wanted = wantedColumns(who, relation, columns);
  const groups: AsyncGenerator<ReadResult, void, undefined>[] = [];
  for (let at = 0; at < wanted.length; at += columnsAtOnce)
    groups.push(someColumns(engine, relation.rowCount, wanted.slice(at, at + columnsAtOnce), rows, nextName));
  try {
    for (let from = 0; from < relation.rowCount; from += rows) {
      const count = Math.min(rows, relation.rowCount - from);
      const parts = await Promise.all(groups.map(async (group) => (await group.next()).value));
      if (parts.some((part) => part?.table.rowCount !== count)) throw broken();
      yield { from, ...besideEachOther(parts as ReadResult[], count) };
    }
    for (const group of groups) if (!(await group.next()).done) throw broken();
  } finally {
    for (const group of groups) await group.return();
  }
}

function besideEachOther(parts: readonly ReadResult[], rowCount: number): ReadResult {
  if (parts.length === 1) return parts[0]!;
  return {
    table: createTable(
      parts.flatMap(({ table }) => table.columns),
      rowCount,
    ),
    unreadable: parts.flatMap(({ unreadable }) => unreadable),
  };
}

async function* someColumns(
  engine: Engine,
  rowCount: number,
  wanted: readonly Wanted[],
  rows: number,
  nextName: () => string,
): AsyncGenerator<ReadResult, void, undefined> {
  const levels: Levels[] = [];
  for (const { column } of wanted) levels.push(await namedLevels(engine, column, nextName));
  const plans = wanted.map(({ column, stored }, c) => columnPlan(column, stored, levels[c], false));
  // Where the vectors of each column begin.
  const places: number[] = [];
  let vectors = 0;
  for (const { sql } of plans) {
    places.push(vectors);
    vectors += sql.length;
  }
  let takings: Taking[] = [];
  let at = 0;
  let passed = 0;
  const begin = () => {
    // One row more than were counted is enough to see that there are more.
    const room = Math.max(1, Math.min(rows, rowCount - passed));
    takings = plans.map((plan) => plan.begin(room));
    at = 0;
    return room;
  };
  let room = begin();
  const finish = (): ReadResult =>
    resultOf(
      takings.map((taking) => taking.finish()),
      at,
    );
  try {
    for await (const piece of engine.pieces(selectOf(wanted, plans))) {
      for (let from = 0; from < piece.rowCount; ) {
        const count = Math.min(room - at, piece.rowCount - from);
        takeOver(piece, from, at, count);
        from += count;
        at += count;
        if (at < room) continue;
        passed += at;
        yield finish();
        room = begin();
      }
    }
  } finally {
    for (const { type } of levels) if (type !== null) await engine.query(`drop type ${type}`);
  }

  function takeOver(piece: Piece, from: number, to: number, count: number): void {
    for (let c = 0; c < plans.length; c++) {
      const own = plans[c]!.sql.map((_, i) => piece.vector(places[c]! + i));
      takings[c]!.take(own, from, to, count);
    }
  }
}

/** The levels that a contract names for a category, spelled and sorted as a table has them, as an enum type. */
async function namedLevels(engine: Engine, column: ReadColumn, nextName: () => string): Promise<Levels> {
  if (column.kind !== 'category' || !column.levels) return { type: null, texts: [] };
  const spelled = column.levels.map(scalarText).map(levelSpelling(column.levels));
  // The text of a statement ends where a NUL is.
  const texts = [...new Set(spelled)].filter((text) => !text.includes('\0')).sort(byCodeUnit);
  if (texts.length === 0) return { type: null, texts };
  const type = nextName();
  await engine.query(`create type ${type} as enum (${texts.map(literal).join(', ')})`);
  return { type, texts };
}
