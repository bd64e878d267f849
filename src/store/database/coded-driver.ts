/** A Kysely driver whose every failure is a coded error. */
import type { DatabaseConnection, Driver } from 'kysely';
import { databaseError } from './database-error.ts';

/** Wraps a driver. `place` is what messages call the database. */
export function codedDriver(driver: Driver, place: string): Driver {
  const coded = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (cause) {
      throw databaseError(place, cause);
    }
  };
  // Transactions are begun and ended on the driver's own connection, not on its wrapping.
  const inner = new WeakMap<DatabaseConnection, DatabaseConnection>();
  const own = (connection: DatabaseConnection): DatabaseConnection => inner.get(connection) ?? connection;
  return {
    init: (options) => coded(() => driver.init(options)),
    async acquireConnection(options) {
      const connection = await coded(() => driver.acquireConnection(options));
      const wrapped: DatabaseConnection = {
        executeQuery: (query, how) => coded(() => connection.executeQuery(query, how)),
        async *streamQuery(query, chunkSize, how) {
          try {
            yield* connection.streamQuery(query, chunkSize, how);
          } catch (cause) {
            throw databaseError(place, cause);
          }
        },
      };
      inner.set(wrapped, connection);
      return wrapped;
    },
    beginTransaction: (connection, settings) =>
      coded(() => driver.beginTransaction(own(connection), settings)),
    commitTransaction: (connection) => coded(() => driver.commitTransaction(own(connection))),
    rollbackTransaction: (connection) => coded(() => driver.rollbackTransaction(own(connection))),
    releaseConnection: (connection) => driver.releaseConnection(own(connection)),
    destroy: () => driver.destroy(),
  };
}
