/** All rows of a database as of one moment, while others go on writing. */
import { type Kysely, sql } from 'kysely';
import type { Database, Engine } from '../database/database.ts';
import { appliedIds } from '../database/migrate.ts';
import type { Migration } from '../database/migrations/definition.ts';
import type { StoreTables } from '../database/tables.ts';
import type { Cell } from './row-text.ts';
import { knownMigrations, type TableShape, tablesAfter } from './shape.ts';

export interface Snapshot {
  readonly engine: Engine;
  /** Ids of the migrations that the database has behind it. */
  readonly migrations: readonly string[];
  readonly tables: readonly TableShape[];
  count(table: TableShape): Promise<number>;
  /** The rows in the order of the key, some at a time. */
  pages(table: TableShape): AsyncIterable<readonly (readonly Cell[])[]>;
  /** The highest number that the ascending column has given out, 0 for none yet; null without such a column. */
  lastGiven(table: TableShape): Promise<number | null>;
}

/** Rows held in memory at a time. */
const pageRows = 200;

/**
 * Hands `work` what the database holds now. Nothing is migrated: a database of an older version is read as it is,
 * one of a newer version is refused. The connection must be the caller's own.
 */
export function withSnapshot<Result>(
  database: Database,
  migrations: readonly Migration[],
  work: (snapshot: Snapshot) => Promise<Result>,
): Promise<Result> {
  const read = async (db: Kysely<StoreTables>): Promise<Result> => {
    // The first reading fixes the moment.
    const ids = await appliedIds({ ...database, db });
    const tables = await tablesAfter(knownMigrations(database.place, migrations, ids));
    return work({
      engine: database.engine,
      migrations: ids,
      tables,
      count: (table) => count(db, table),
      pages: (table) => (database.engine === 'sqlite' ? sqlitePages(db, table) : postgresPages(db, table)),
      lastGiven: async (table) =>
        table.ascending === null ? null : lastGiven(db, database.engine, table, table.ascending),
    });
  };
  if (database.engine === 'postgres')
    return database.db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute(read);
  return database.db.connection().execute(async (db) => {
    // Deferred: a reader in a write-ahead log holds nobody up.
    await sql`begin`.execute(db);
    try {
      return await read(db);
    } finally {
      await sql`rollback`.execute(db);
    }
  });
}

async function count(db: Kysely<StoreTables>, table: TableShape): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table.name)}`.execute(db);
  return Number(rows[0]!.n);
}

type Row = Readonly<Record<string, Cell>>;

const selectAll = ({ name, columns, key }: TableShape) => {
  const list = (names: readonly string[]) => sql.join(names.map((column) => sql.ref(column)));
  return sql<Row>`select ${list(columns.map((column) => column.name))} from ${sql.table(name)} order by ${list(key)}`;
};

const cellsOf = ({ columns }: TableShape, row: Row): Cell[] => columns.map(({ name }) => row[name]!);

async function* sqlitePages(db: Kysely<StoreTables>, table: TableShape): AsyncIterable<Cell[][]> {
  let page: Cell[][] = [];
  const executor = db.getExecutor();
  for await (const { rows } of executor.stream<Row>(selectAll(table).compile(db), 1)) {
    for (const row of rows) page.push(cellsOf(table, row));
    if (page.length < pageRows) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

async function* postgresPages(db: Kysely<StoreTables>, table: TableShape): AsyncIterable<Cell[][]> {
  await sql`declare backup_rows no scroll cursor for ${selectAll(table)}`.execute(db);
  for (;;) {
    const { rows } = await sql<Row>`fetch ${sql.raw(String(pageRows))} from backup_rows`.execute(db);
    if (rows.length > 0) yield rows.map((row) => cellsOf(table, row));
    if (rows.length < pageRows) break;
  }
  await sql`close backup_rows`.execute(db);
}

async function lastGiven(
  db: Kysely<StoreTables>,
  engine: Engine,
  { name }: TableShape,
  column: string,
): Promise<number> {
  if (engine === 'sqlite') {
    const { rows } = await sql<{
      seq: number;
    }>`select seq from sqlite_sequence where name = ${name}`.execute(db);
    return rows[0]?.seq ?? 0;
  }
  const { rows: found } = await sql<{
    sequence: string;
  }>`select pg_get_serial_sequence(${`"${name}"`}, ${column}) as sequence`.execute(db);
  // The server has put the name in quotes where it needs them.
  const { rows } = await sql<{
    last: number;
  }>`select case when is_called then last_value else 0 end as last from ${sql.raw(found[0]!.sequence)}`.execute(
    db,
  );
  return Number(rows[0]!.last);
}
