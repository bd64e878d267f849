/**
 * One database behind two engines: SQLite in a file of the workspace, or a PostgreSQL server.
 *
 * Values have one form in both, so no query knows the engine: a moment is epoch milliseconds in a big integer,
 * a truth is 0 or 1, structured data is JSON text. Rooms add their tables by a migration and take a typed view
 * of the database with `withTables`.
 */
import type { Kysely, Transaction } from 'kysely';
import type { StoreTables } from './tables.ts';

export type Engine = 'sqlite' | 'postgres';

export interface Database {
  readonly engine: Engine;
  /** Queries that need no transaction: one statement each. */
  readonly db: Kysely<StoreTables>;
  /**
   * Several statements, all or none. With SQLite the write lock is taken at the start; with PostgreSQL the work
   * runs at isolation level serializable and is repeated where the server asks for it, so it must have no effect
   * outside the database.
   */
  transaction<Result>(work: (db: Transaction<StoreTables>) => Promise<Result>): Promise<Result>;
  /** What a person calls this database: a file name, or host and database name; never a user or password. */
  readonly place: string;
  /** Throws a coded error where the database does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
