/**
 * Connections to PostgreSQL that are trusted as long as they answer.
 *
 * The pool of pg replaces a connection that breaks. One that falls silent (a firewall forgot it, the machine behind it
 * is gone) it would hand out again, and each who gets it would wait as long as the first. Here a connection whose
 * statement was not answered in time is cut off, and those that are as old are not used again.
 */
import type { PostgresPool, PostgresPoolClient } from 'kysely';
import pg from 'pg';

/** How long the good-bye to the server may take. */
const endWithinMs = 2000;

export function trustedPool(config: pg.PoolConfig): PostgresPool {
  const pool = new pg.Pool(config);
  // A connection that breaks while it is idle is replaced; without a listener it would end the process.
  pool.on('error', () => {});
  /** Rises when a connection fell silent. */
  let doubts = 0;
  const known = new Map<pg.PoolClient, { readonly doubts: number; readonly client: PostgresPoolClient }>();
  pool.on('connect', (client) => {
    // So is one that breaks in use: its statement fails, and that is enough.
    client.on('error', () => {});
    known.set(client, { doubts, client: watched(client, () => doubts++) });
  });
  pool.on('remove', (client) => known.delete(client));
  return {
    options: pool.options,
    async connect() {
      for (;;) {
        const client = await pool.connect();
        const trusted = known.get(client);
        if (trusted?.doubts === doubts) return trusted.client;
        client.release(true);
      }
    },
    async end() {
      // Whoever does not answer does not say good-bye either.
      const deadline = setTimeout(() => {
        for (const client of known.keys()) cutOff(client);
      }, endWithinMs);
      await pool.end();
      clearTimeout(deadline);
    },
  };
}

/** `fellSilent` is told when a statement is not answered in time. */
function watched(client: pg.PoolClient, fellSilent: () => void): PostgresPoolClient {
  const ask = async (text: string, values: readonly unknown[]): Promise<unknown> => {
    try {
      return await client.query(text, [...values]);
    } catch (error) {
      if ((error as Error).message === 'Query read timeout') {
        fellSilent();
        // What waits behind it, a rollback above all, must not wait as long again.
        cutOff(client);
      }
      throw error;
    }
  };
  // No cursors here: this project reads in pages.
  return { query: ask as PostgresPoolClient['query'], release: (destroy) => client.release(destroy) };
}

/** Without a word to the server. */
function cutOff(client: pg.PoolClient): void {
  const { connection } = client as unknown as {
    readonly connection: { readonly stream: { destroy(): void } };
  };
  connection.stream.destroy();
}
