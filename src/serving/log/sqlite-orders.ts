/**
 * Carries out orders on the writing connection. Several that wait at the same time become one transaction: each
 * costs one wait for the disk, however many processes sent them.
 */
import type { HoldfastError } from '../../base/errors.ts';
import { databaseError } from '../../store/database/database-error.ts';
import { sameFileGuard } from '../../store/database/same-file.ts';
import { openSqliteFile } from '../../store/database/sqlite-file.ts';
import { sqliteInserts } from './sqlite-inserts.ts';
import { unpackEntries, type WriteOrder, type WriteReceipt } from './write-order.ts';

export interface SqliteOrders {
  /** A receipt for each order, in their order; when it returns they are on the disk. Holds the thread meanwhile. */
  carryOut(orders: readonly WriteOrder[]): readonly WriteReceipt[];
  close(): void;
}

/** How long another process may hold the file before an order fails. */
const waitMs = 5000;

/** `path`: a migrated database file. */
export function sqliteOrders(path: string): SqliteOrders {
  const file = openSqliteFile(path, waitMs);
  // Customers come in no order, so the pages of their index are touched all over: moved into the file once in 16 MB
  // rather than 4 MB of log, many of them move once instead of often (15% less CPU a row at 300,000 rows).
  file.exec('pragma wal_autocheckpoint=4000');
  const checkFile = sameFileGuard(path);
  const insert = sqliteInserts(file);
  const attempt = (orders: readonly WriteOrder[]): readonly WriteReceipt[] => {
    try {
      const outcomes = insert(orders.map(({ entries }) => unpackEntries(entries)));
      checkFile();
      return orders.map(({ order }, i) => ({ order, error: null, repeated: [...outcomes[i]!.repeated] }));
    } catch (cause) {
      const { code, message }: HoldfastError = databaseError('holdfast.db', cause);
      return orders.map(({ order }) => ({ order, error: { code, message }, repeated: [] }));
    }
  };
  return {
    carryOut(orders) {
      const receipts = attempt(orders);
      // One that can't be written must not take the others along.
      const isFailed = orders.length > 1 && receipts[0]!.error !== null;
      return isFailed ? orders.flatMap((order) => attempt([order])) : receipts;
    },
    close: () => file.close(),
  };
}
