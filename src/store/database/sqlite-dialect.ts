/**
 * Kysely over node:sqlite, made for several connections to one file.
 *
 * A locked file is waited for without holding the thread: the connection that holds the lock may live in the
 * same process. Transactions take the write lock when they begin, since one that reads first and writes later
 * could fail half-way. Migrations run inside a transaction, as SQLite allows.
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';

/** How long a statement waits for a lock that another connection holds. */
const waitForLockMs = 5000;
const busy = 5;

/** `checkFile` throws where what is written would be lost; asked before and after whatever may write. */
export function sqliteDialect(file: DatabaseSync, checkFile: () => void = () => {}): Dialect {
  return {
    createAdapter: () => new TransactionalAdapter(),
    createDriver: () => sqliteDriver(file, checkFile),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

function sqliteDriver(file: DatabaseSync, checkFile: () => void): Driver {
  const connection = sqliteConnection(file, checkFile);
  const run = async (sql: string): Promise<void> => {
    await connection.executeQuery(CompiledQuery.raw(sql));
  };
  return {
    init: async () => {},
    acquireConnection: async () => connection,
    beginTransaction: () => run('begin immediate'),
    commitTransaction: () => run('commit'),
    // SQLite ends a transaction by itself after some errors, for example a full disk.
    rollbackTransaction: async () => {
      if (file.isTransaction) await run('rollback');
    },
    releaseConnection: async () => {},
    destroy: async () => file.close(),
  };
}

function sqliteConnection(file: DatabaseSync, checkFile: () => void): DatabaseConnection {
  const prepare = preparing(file);
  const carryOut = async <Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> => {
    const bound = parameters.map(bindable);
    const statement = await whenUnlocked(() => prepare(sql));
    if (statement.columns().length > 0)
      return { rows: await whenUnlocked(() => statement.all(...bound) as Row[]) };
    const { changes, lastInsertRowid } = await whenUnlocked(() => statement.run(...bound));
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
  };
  return {
    async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
      const mayWrite = query.query.kind !== 'SelectQueryNode';
      // Before it nothing is lost yet; a transaction that is open was asked about when it began.
      if (mayWrite && !file.isTransaction) checkFile();
      const result = await carryOut<Row>(query);
      // A write that stands alone, or the end of a transaction: from now on it would be acknowledged.
      if (mayWrite && !file.isTransaction) checkFile();
      return result;
    },
    async *streamQuery<Row>({ sql, parameters }: CompiledQuery): AsyncIterableIterator<QueryResult<Row>> {
      const statement = file.prepare(sql);
      for (const row of statement.iterate(...parameters.map(bindable))) yield { rows: [row as Row] };
    },
  };
}

/** Statements are prepared once; their number is bounded. */
function preparing(file: DatabaseSync): (sql: string) => StatementSync {
  const prepared = new Map<string, StatementSync>();
  return (sql) => {
    const known = prepared.get(sql);
    if (known) return known;
    if (prepared.size >= 500) prepared.clear();
    const statement = file.prepare(sql);
    prepared.set(sql, statement);
    return statement;
  };
}

async function whenUnlocked<Result>(work: () => Result): Promise<Result> {
  const deadline = performance.now() + waitForLockMs;
  for (let waitMs = 1; ; waitMs = Math.min(2 * waitMs, 25)) {
    try {
      return work();
    } catch (error) {
      const { errcode } = error as { errcode?: number };
      if (errcode === undefined || (errcode & 0xff) !== busy || performance.now() > deadline) throw error;
    }
    await pause(waitMs);
  }
}

type SqliteValue = null | number | bigint | string | Uint8Array;

/** node:sqlite takes a lone object for named parameters and stores nothing: refuse what has no column form. */
function bindable(value: unknown): SqliteValue {
  if (value === null || typeof value === 'number' || typeof value === 'string' || typeof value === 'bigint')
    return value;
  if (value instanceof Uint8Array) return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  throw new TypeError(`database: a ${typeof value} cannot be stored; convert it first`);
}
