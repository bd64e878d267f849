/**
 * A place where customers are named, and how one customer is removed from it.
 *
 * Each room brings places for its own tables; `database.ts` lists them all, and a test there holds that list against
 * the tables that there are: a new table has a place, or a sentence that says why it needs none.
 */
import type { Kysely, Transaction } from 'kysely';
import type { StoreTables } from '../database/tables.ts';

export interface ErasePlace {
  /** Its file is named so, and so is its count in certificates. */
  readonly id: string;
  /** What a certificate says of its rows, behind their number. */
  readonly about: string;
  /** Written to by `erase`. */
  readonly tables: readonly string[];
  /** Rows that hold something of the customer. Ids are compared as text, exactly. */
  count(db: Kysely<StoreTables>, customerId: string): Promise<number>;
  /** Removes the customer from at most `limit` rows; gives how many those were. 0: nothing is left. */
  erase(db: Transaction<StoreTables>, customerId: string, limit: number): Promise<number>;
}

export const defineErasePlace = (place: ErasePlace): ErasePlace => Object.freeze(place);
