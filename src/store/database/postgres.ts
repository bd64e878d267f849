/**
 * The engine for several machines: a PostgreSQL server, version 13 or later, named by `HOLDFAST_DATABASE_URL`.
 *
 * A server that does not answer must not hold a request for ever: connecting, waiting for a free connection and
 * every statement have a limit, and the pool opens a new connection after one broke or fell silent.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { codedDriver } from './coded-driver.ts';
import type { Database } from './database.ts';
import { databaseError, isRepeatable } from './database-error.ts';
import { trustedPool } from './postgres-pool.ts';
import type { StoreTables } from './tables.ts';

export interface PostgresOptions {
  /** Connections of this process. */
  readonly connections?: number;
  readonly connectMs?: number;
  readonly statementMs?: number;
}

/** Int8 arrives as text; every whole number stored here is below 2^53. */
const types = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === pg.types.builtins.INT8
      ? Number
      : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
};

/** How long a transaction that met others is repeated; counted in time, since a busy server makes attempts slow. */
const repeatForMs = 10_000;
/** Longest pause before the second attempt; it doubles with each, up to fifty times this. */
const firstPauseMs = 1;

/** Nothing is connected until the first query. Migrations are the caller's. */
export function openPostgres(url: string, options: PostgresOptions = {}): Database {
  const { connections = 8, connectMs = 3000, statementMs = 10_000 } = options;
  const place = placeOf(url);
  const pool = trustedPool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: connectMs,
    query_timeout: statementMs,
    statement_timeout: statementMs,
    idle_in_transaction_session_timeout: statementMs,
    keepAlive: true,
    application_name: 'holdfast',
    types,
  });
  const dialect = new PostgresDialect({ pool });
  const db = new Kysely<StoreTables>({
    dialect: {
      createAdapter: () => dialect.createAdapter(),
      createDriver: () => codedDriver(dialect.createDriver(), place),
      createIntrospector: (kysely) => dialect.createIntrospector(kysely),
      createQueryCompiler: () => dialect.createQueryCompiler(),
    },
    log: () => {},
  });
  return {
    engine: 'postgres',
    db,
    place,
    async transaction(work) {
      const startedMs = performance.now();
      for (let attempt = 1; ; attempt++) {
        try {
          return await db.transaction().setIsolationLevel('serializable').execute(work);
        } catch (cause) {
          if (!isRepeatable(cause)) throw cause;
          if (performance.now() - startedMs > repeatForMs) throw databaseError(place, cause);
          // Those that met must not meet again: each waits for another time.
          await pause(Math.random() * firstPauseMs * Math.min(2 ** attempt, 50));
        }
      }
    },
    ping: async () => void (await sql`select 1`.execute(db)),
    close: () => db.destroy(),
  };
}

/** Host, port and database of an address, without user and password. */
export function placeOf(url: string): string {
  try {
    const { hostname, port, pathname } = new URL(url);
    return `${hostname}${port ? `:${port}` : ''}${pathname}`;
  } catch {
    return 'postgres';
  }
}
