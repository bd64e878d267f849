/**
 * Which tables a database has after some migrations, found by running them on an empty database in memory.
 *
 * So a backup holds the tables of every room without knowing any, and never those of other programs that share a
 * server; and a backup that claims other tables than its migrations make is refused before anything is touched.
 */
import { type Kysely, sql } from 'kysely';
import { UnavailableError } from '../../base/errors.ts';
import { migrate } from '../database/migrate.ts';
import type { Migration } from '../database/migrations/definition.ts';
import { openSqlite } from '../database/sqlite.ts';
import type { StoreTables } from '../database/tables.ts';

export interface ColumnShape {
  readonly name: string;
  readonly kind: 'number' | 'text';
}

export interface TableShape {
  readonly name: string;
  readonly columns: readonly ColumnShape[];
  /** The columns that rows are ordered by: the primary key, else all. */
  readonly key: readonly string[];
  /** The column whose numbers are given out in ascending order, if there is one. */
  readonly ascending: string | null;
}

/** Kept by the migrator itself. */
const bookkeeping = new Set(['holdfast_migration', 'holdfast_migration_lock']);

/** The tables that these migrations make, by name. */
export async function tablesAfter(migrations: readonly Migration[]): Promise<readonly TableShape[]> {
  const database = openSqlite(':memory:');
  try {
    await migrate(database, migrations);
    const { rows } = await sql<{
      name: string;
      sql: string;
    }>`select name, sql from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name`.execute(
      database.db,
    );
    const shapes: TableShape[] = [];
    for (const { name, sql: definition } of rows)
      if (!bookkeeping.has(name)) shapes.push(await shapeOf(database.db, name, definition));
    return shapes;
  } finally {
    await database.close();
  }
}

async function shapeOf(db: Kysely<StoreTables>, name: string, definition: string): Promise<TableShape> {
  const { rows } = await sql<{
    name: string;
    type: string;
    pk: number;
  }>`select name, type, pk from pragma_table_info(${name})`.execute(db);
  const primary = rows.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk);
  const key = (primary.length > 0 ? primary : rows).map((column) => column.name);
  return {
    name,
    columns: rows.map((column) => ({ name: column.name, kind: kindOf(name, column.type) })),
    key,
    ascending: /\bautoincrement\b/i.test(definition) ? key[0]! : null,
  };
}

function kindOf(table: string, type: string): ColumnShape['kind'] {
  if (/^text$/i.test(type)) return 'text';
  if (/^(?:bigint|integer|double precision)$/i.test(type)) return 'number';
  throw new TypeError(`table ${table}: columns are text, whole numbers or double precision, not ${type}`);
}

/** The migrations of these ids. Refuses ids that are not known here: a newer version made them. */
export function knownMigrations(
  place: string,
  migrations: readonly Migration[],
  ids: readonly string[],
): readonly Migration[] {
  const newer = ids.filter((id) => !migrations.some((migration) => migration.id === id));
  if (newer.length > 0) {
    throw new UnavailableError(
      'store.newer',
      `database ${place}: it was made by a newer Holdfast (${newer.join(', ')} is not known here); update Holdfast`,
      { database: place, migrations: newer },
    );
  }
  return migrations.filter(({ id }) => ids.includes(id));
}
