/**
 * The one place that opens DuckDB: in memory, without extensions from the network, two threads.
 *
 * DuckDB's own messages quote customers' values, so they never leave this file: a failure becomes the coded
 * error that the opener hands in.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  DOUBLE,
  type DuckDBConnection,
  DuckDBDataChunk,
  DuckDBInstance,
  type DuckDBVector,
  INTEGER,
  type JS,
  VARCHAR,
} from '@duckdb/node-api';
import { type HoldfastError, UnavailableError } from '../../base/errors.ts';
import { collectGarbage } from './collect-garbage.ts';
import { makeScratchFolder } from './scratch-folder.ts';

export interface Engine {
  /** An own folder for temporary files, deleted by `close`. */
  readonly scratch: string;
  /** The rows of a small answer. Cast counts to double in SQL, else they arrive as bigint. */
  query(sql: string): Promise<JS[][]>;
  /** Hands over a large answer chunk by chunk, in order. */
  stream(sql: string, onChunk: (vectors: readonly DuckDBVector[], rowCount: number) => void): Promise<void>;
  /**
   * Hands over a large answer piece by piece, when asked for the next one, which DuckDB makes meanwhile. Beside other
   * queries: its connection is its own.
   */
  pieces(sql: string): AsyncGenerator<Piece, void, undefined>;
  /** Adds rows to a table whose columns are DOUBLE, INTEGER and VARCHAR as the arrays are. Equal lengths. */
  append(table: string, columns: readonly (Float64Array | Int32Array | readonly string[])[]): Promise<void>;
  close(): Promise<void>;
}

/** Some rows of an answer; its vectors live as long as it does. */
export interface Piece {
  readonly rowCount: number;
  vector(column: number): DuckDBVector;
}

/** DuckDB takes rows in chunks of this size. */
const chunkRows = 2048;

/** A value of a vector, about: a number has 8 bytes, a text 16 and its letters. */
const valueBytes = 12;
/** Pieces that were handed over and wait to be freed, and what was made of them. */
const mostGarbage = 64 << 20;

/** Opens an engine whose failures are what `failure` makes. `who` begins the sentence about memory. */
export async function openEngine(who: string, failure: () => HoldfastError): Promise<Engine> {
  const scratch = await makeScratchFolder();
  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Error && error.message.startsWith('Out of Memory')) {
        throw new UnavailableError(
          'work.memory',
          `${who}: the table needs more memory than there is; close other programs or read fewer columns`,
        );
      }
      throw failure();
    }
  };
  const { instance, connection } = await guarded(() => connect(scratch)).catch(async (error: unknown) => {
    await rm(scratch, { recursive: true, force: true });
    throw error;
  });
  // Another query would end a stream that is still being read, so one waits for the other.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work, work);
    last = turn;
    return turn;
  };
  return {
    scratch,
    query: (sql) => inTurn(() => guarded(async () => (await connection.runAndReadAll(sql)).getRowsJS())),
    stream: (sql, onChunk) =>
      inTurn(async () => {
        const result = await guarded(() => connection.stream(sql));
        for (;;) {
          const chunk = await guarded(() => result.fetchChunk());
          if (!chunk || chunk.rowCount === 0) return;
          onChunk(
            Array.from({ length: chunk.columnCount }, (_, c) => chunk.getColumnVector(c)),
            chunk.rowCount,
          );
        }
      }),
    async *pieces(sql) {
      const own = await guarded(() => connectTo(instance));
      let next: Promise<DuckDBDataChunk | null> | undefined;
      try {
        const result = await guarded(() => own.stream(sql));
        let garbage = 0;
        next = result.fetchChunk();
        for (;;) {
          const waiting: Promise<DuckDBDataChunk | null> = next;
          const chunk = await guarded(() => waiting);
          if (!chunk || chunk.rowCount === 0) return;
          next = result.fetchChunk();
          // Heard when it is waited for.
          next.catch(() => undefined);
          yield { rowCount: chunk.rowCount, vector: (column) => chunk.getColumnVector(column) };
          garbage += chunk.rowCount * chunk.columnCount * valueBytes;
          if (garbage < mostGarbage) continue;
          collectGarbage();
          garbage = 0;
        }
      } finally {
        await next?.catch(() => undefined);
        own.closeSync();
      }
    },
    append: (table, columns) =>
      inTurn(() =>
        guarded(async () => {
          const types = columns.map((column) =>
            column instanceof Float64Array ? DOUBLE : column instanceof Int32Array ? INTEGER : VARCHAR,
          );
          const appender = await connection.createAppender(table);
          const rows = columns[0]?.length ?? 0;
          for (let at = 0; at < rows; at += chunkRows) {
            const chunk = DuckDBDataChunk.create(types, Math.min(chunkRows, rows - at));
            columns.forEach((column, c) => {
              const some = column.slice(at, at + chunk.rowCount);
              if (some instanceof Float64Array || some instanceof Int32Array) {
                const vector = chunk.getColumnVector(c);
                vectorItems(vector).set(some);
                vector.flush();
              } else chunk.setColumnValues(c, some);
            });
            appender.appendDataChunk(chunk);
          }
          appender.closeSync();
        }),
      ),
    close: async () => {
      await last.catch(() => undefined);
      connection.closeSync();
      instance.closeSync();
      await rm(scratch, { recursive: true, force: true });
    },
  };
}

async function connect(scratch: string) {
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    threads: '2',
    // One pass is the rule, and the system caches files too.
    enable_external_file_cache: 'false',
    // Without it DuckDB spills into .tmp of the working directory.
    temp_directory: join(scratch, 'spill'),
  });
  return { instance, connection: await connectTo(instance) };
}

async function connectTo(instance: DuckDBInstance): Promise<DuckDBConnection> {
  const connection = await instance.connect();
  await connection.run("set TimeZone = 'UTC'");
  return connection;
}

/** A text as an SQL literal. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
/** Is the expression one of the texts? `in (...)` with more than a few becomes a join, ten times slower. */
export const isOneOf = (sql: string, texts: readonly string[]): string =>
  `list_contains([${texts.map(literal).join(', ')}], ${sql})`;

/**
 * The plain numbers of a DOUBLE or INTEGER vector, without a copy. DuckDB's package keeps `items` private but
 * has no other fast way (its version is pinned). NULL is not seen here: SQL must have replaced it.
 */
export function vectorItems(vector: DuckDBVector): Float64Array | Int32Array {
  const items = (vector as unknown as { items?: unknown }).items;
  if (items instanceof Float64Array || items instanceof Int32Array) return items;
  throw new TypeError('a DOUBLE or INTEGER vector was expected');
}
