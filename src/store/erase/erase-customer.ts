/**
 * Removes one customer from every place, some hundred rows a transaction, so that a running server hardly waits.
 *
 * A run that is broken off has removed what it had come to and told nothing; run again, it does the rest. What is asked
 * about the customer while this runs is either removed too or logged after it, as a new customer would be.
 */
import type { Progress } from '../../tasks/ports.ts';
import type { Database } from '../database/database.ts';
import { appendHistory, type RecordedEntry } from '../history.ts';
import type { Acting } from '../keys.ts';
import { type CustomerHash, hashCustomer } from './customer-hash.ts';
import type { ErasePlace } from './erase-place.ts';

export interface ErasedPlace {
  readonly id: string;
  readonly about: string;
  readonly rows: number;
}

export interface Erasure {
  readonly at: number;
  readonly by: string;
  readonly customer: CustomerHash;
  readonly places: readonly ErasedPlace[];
  /** The entry of the history that tells it. */
  readonly history: Pick<RecordedEntry, 'position' | 'hash'>;
}

const rowsAtOnce = 500;

/** What `eraseCustomer` would remove; changes nothing. */
export async function findCustomer(
  { db }: Pick<Database, 'db'>,
  customerId: string,
  places: readonly ErasePlace[],
): Promise<readonly ErasedPlace[]> {
  const found: ErasedPlace[] = [];
  for (const { id, about, count } of places) found.push({ id, about, rows: await count(db, customerId) });
  return found;
}

/** Removes the customer and tells nobody. */
export async function removeCustomer(
  database: Database,
  customerId: string,
  places: readonly ErasePlace[],
  progress: Progress,
): Promise<readonly ErasedPlace[]> {
  const erased: ErasedPlace[] = [];
  for (const place of places) {
    let rows = 0;
    for (;;) {
      const more = await database.transaction((db) => place.erase(db, customerId, rowsAtOnce));
      rows += more;
      if (more > 0) progress.tick(place.id, rows, rows);
      if (more < rowsAtOnce) break;
    }
    erased.push({ id: place.id, about: place.about, rows });
  }
  return erased;
}

/** Removes the customer and tells the history. */
export async function eraseCustomer(
  database: Database,
  customerId: string,
  places: readonly ErasePlace[],
  by: Acting,
  progress: Progress,
): Promise<Erasure> {
  const erased = await removeCustomer(database, customerId, places, progress);
  const customer = hashCustomer(customerId);
  const { position, hash } = await database.transaction((db) =>
    appendHistory(db, {
      at: by.now,
      actor: by.actor,
      event: erasedEvent,
      subject: `customer:${customer.hash.slice(0, 16)}`,
      details: { ...customer, rows: Object.fromEntries(erased.map(({ id, rows }) => [id, rows])) },
    }),
  );
  return { at: by.now, by: by.actor, customer, places: erased, history: { position, hash } };
}

/** What the history calls it. */
export const erasedEvent = 'customer.erased';
