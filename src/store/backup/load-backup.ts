/** Fills an empty database from a backup and brings it to this version. */
import { CompiledQuery, type Kysely, sql, type Transaction } from 'kysely';
import { DataError } from '../../base/errors.ts';
import type { Progress } from '../../tasks/ports.ts';
import type { Database, Engine } from '../database/database.ts';
import { migrate } from '../database/migrate.ts';
import type { Migration } from '../database/migrations/definition.ts';
import type { StoreTables } from '../database/tables.ts';
import type { BackupReader } from './archive-reader.ts';
import { damaged, rowCount, type TableFacts } from './manifest.ts';
import { rowProgress } from './row-progress.ts';
import type { Cell } from './row-text.ts';
import type { TableShape } from './shape.ts';

export interface LoadPorts {
  readonly migrations: readonly Migration[];
  readonly progress: Progress;
  readonly signal?: AbortSignal;
}

/** SQLite takes 32,766 values a statement, PostgreSQL 65,535. */
const mostValues = 30_000;
const mostRows = 500;
/** Of a statement; rows larger than this go one by one. */
const mostBatchCharacters = 8 * 1024 * 1024;

/**
 * The tables as they were, then the migrations that came later. `shapes` are the tables of the backup's own
 * migrations. With SQLite the rows come in several transactions, so the file must be one that nobody else reads;
 * with PostgreSQL hand over a database whose `transaction` is part of a larger one.
 */
export async function loadBackup(
  database: Database,
  backup: BackupReader,
  shapes: readonly TableShape[],
  ports: LoadPorts,
): Promise<void> {
  const { manifest } = backup;
  const behind = ports.migrations.filter(({ id }) => manifest.migrations.includes(id));
  await migrate(database, behind);
  await withoutReferences(database, backup.who, async () => {
    const told = rowProgress(ports.progress, 'rows', rowCount(manifest));
    for (const [i, facts] of manifest.tables.entries())
      await loadTable(database, backup, facts, shapes[i]!, told, ports.signal);
  });
  await migrate(database, ports.migrations);
}

async function loadTable(
  database: Database,
  backup: BackupReader,
  facts: TableFacts,
  shape: TableShape,
  told: (rows: number) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { db, engine } = database;
  // A migration may have put its first rows in.
  await sql`delete from ${sql.table(shape.name)}`.execute(db);
  const rowsAtOnce = Math.min(mostRows, Math.floor(mostValues / shape.columns.length));
  let batch: Cell[][] = [];
  let characters = 0;
  const flush = async (): Promise<void> => {
    signal?.throwIfAborted();
    const rows = batch;
    await asDamage(backup.who, `table ${facts.name} holds rows that no database takes`, () =>
      database.transaction((transaction) => insert(transaction, engine, shape, rows)),
    );
    batch = [];
    characters = 0;
    told(rows.length);
  };
  for await (const row of backup.rows(facts, shape)) {
    if (engine === 'postgres') refuseNul(facts, row);
    batch.push(row);
    for (const value of row) characters += typeof value === 'string' ? value.length : 8;
    if (batch.length === rowsAtOnce || characters > mostBatchCharacters) await flush();
  }
  if (batch.length > 0) await flush();
  if (shape.ascending !== null) await goOnFrom(db, engine, shape.name, shape.ascending, facts.lastGiven ?? 0);
}

async function insert(
  db: Transaction<StoreTables>,
  engine: Engine,
  { name, columns }: TableShape,
  rows: readonly Cell[][],
): Promise<void> {
  const mark = engine === 'sqlite' ? () => '?' : (i: number) => `$${i + 1}`;
  const groups = rows.map((_, row) => `(${columns.map((_, i) => mark(row * columns.length + i)).join(',')})`);
  const names = columns.map((column) => `"${column.name}"`).join(',');
  // PostgreSQL gives identity numbers itself unless it is told not to.
  const overriding = engine === 'postgres' ? 'overriding system value' : '';
  await db.executeQuery(
    CompiledQuery.raw(
      `insert into "${name}" (${names}) ${overriding} values ${groups.join(',')}`,
      rows.flat(),
    ),
  );
}

/** A number that was given out once is not given out again, also when its row was removed. */
async function goOnFrom(
  db: Kysely<StoreTables>,
  engine: Engine,
  table: string,
  column: string,
  last: number,
): Promise<void> {
  if (engine === 'sqlite') {
    const { rows } = await sql<{
      seq: number;
    }>`select seq from sqlite_sequence where name = ${table}`.execute(db);
    const highest = Math.max(last, rows[0]?.seq ?? 0);
    await sql`delete from sqlite_sequence where name = ${table}`.execute(db);
    await sql`insert into sqlite_sequence (name, seq) values (${table}, ${highest})`.execute(db);
    return;
  }
  const { rows } = await sql<{
    highest: number;
  }>`select coalesce(max(${sql.ref(column)}), 0) as highest from ${sql.table(table)}`.execute(db);
  const highest = Math.max(last, Number(rows[0]!.highest));
  const sequence = sql`pg_get_serial_sequence(${`"${table}"`}, ${column})`;
  if (highest > 0) await sql`select setval(${sequence}, ${highest})`.execute(db);
}

/** What an engine refuses of rows (a key twice, a value missing) is the fault of who wrote the backup. */
async function asDamage<Result>(who: string, what: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    const { code } = cause as { code?: unknown };
    throw code === 'store.conflict' || code === 'internal.defect' ? damaged(who, what, cause) : cause;
  }
}

function refuseNul(table: TableFacts, row: readonly Cell[]): void {
  if (!row.some((value) => typeof value === 'string' && value.includes('\0'))) return;
  throw new DataError(
    'backup.unfit',
    `table ${table.name}: a text holds a zero character, which PostgreSQL cannot keep; restore into a workspace with --into`,
    { table: table.name },
  );
}

/** Rows that refer to each other come in the order of their tables' names: what they refer to is looked at afterwards. */
async function withoutReferences(database: Database, who: string, work: () => Promise<void>): Promise<void> {
  const { db, engine } = database;
  if (engine === 'sqlite') {
    await sql`pragma foreign_keys = off`.execute(db);
    await work();
    const { rows } = await sql<{ table: string }>`pragma foreign_key_check`.execute(db);
    if (rows.length > 0)
      throw damaged(who, `table ${rows[0]!.table} has a row that refers to one that is not there`);
    await sql`pragma foreign_keys = on`.execute(db);
    return;
  }
  const { rows: constraints } = await sql<{ owner: string; name: string }>`
    select conrelid::regclass::text as owner, quote_ident(conname) as name
    from pg_constraint where contype = 'f' and connamespace = current_schema()::regnamespace`.execute(db);
  for (const { owner, name } of constraints)
    await sql.raw(`alter table ${owner} alter constraint ${name} deferrable initially deferred`).execute(db);
  await work();
  await asDamage(who, 'a row refers to one that is not there', () =>
    sql`set constraints all immediate`.execute(db),
  );
  for (const { owner, name } of constraints)
    await sql.raw(`alter table ${owner} alter constraint ${name} not deferrable`).execute(db);
}
