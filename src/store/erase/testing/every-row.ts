/** Everything that a database holds, as text: what a scan for traces looks through. */
import { sql } from 'kysely';
import { tablesAfter } from '../../backup/shape.ts';
import type { Database } from '../../database/database.ts';
import type { Migration } from '../../database/migrations/definition.ts';

/** A line of JSON for every row of every table that the migrations made. */
export async function everyRow(
  { db }: Pick<Database, 'db'>,
  migrations: readonly Migration[],
): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const { name } of await tablesAfter(migrations)) {
    const { rows } = await sql<object>`select * from ${sql.table(name)}`.execute(db);
    lines.push(...rows.map((row) => `${name} ${JSON.stringify(row)}`));
  }
  return lines;
}
