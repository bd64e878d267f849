/** Which part of the prediction log is cleared already, as queries see it. */
import type { Kysely, Transaction } from 'kysely';
import type { StoreTables } from '../../store/database/tables.ts';
import type { OutcomeTables } from '../outcomes/tables.ts';

export type ExpiryTables = OutcomeTables & { expiry_mark: ExpiryMarkTable };

export interface ExpiryMarkTable {
  /** `values`, `ids` or `outcomes`. */
  name: string;
  /** Up to this row of its table everything is cleared. */
  seq: number;
}

export const withExpiry = (db: Kysely<StoreTables>) => db.withTables<ExpiryTables>();
export const withinExpiry = (db: Transaction<StoreTables>) => db.withTables<ExpiryTables>();
export type ExpiryDb = ReturnType<typeof withinExpiry>;
