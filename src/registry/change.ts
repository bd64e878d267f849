/** One change of the registry: what is read, written and told to the history happens together or not at all. */
import type { Transaction } from 'kysely';
import type { Plain } from '../base/plain.ts';
import type { Database } from '../store/database/database.ts';
import type { StoreTables } from '../store/database/tables.ts';
import { appendHistory, type RecordedEntry, readHistory } from '../store/history.ts';
import type { Acting } from '../store/keys.ts';
import { type ModelVersion, subjectOf, type VersionKey } from './model-version.ts';
import { type RegistryDb, withinRegistry } from './tables.ts';
import { readVersion } from './versions.ts';

/** Who changes something, and whether another person's approval is asked for whatever the version says. */
export interface Changing extends Acting {
  /** From `HOLDFAST_FOUR_EYES` where a server is set up so. */
  readonly fourEyes?: boolean;
}

export interface Change {
  readonly db: RegistryDb;
  readonly by: Changing;
  version(key: VersionKey): Promise<ModelVersion>;
  /** Adds an entry about a version to the history. */
  tell(event: string, of: VersionKey, details?: { readonly [name: string]: Plain }): Promise<void>;
  /** All entries of a model's versions, oldest first. */
  historyOf(name: string): Promise<readonly RecordedEntry[]>;
}

/** Runs the work in a transaction; it may run more than once and must touch nothing but the database. */
export const changeRegistry = <Result>(
  database: Database,
  by: Changing,
  work: (change: Change) => Promise<Result>,
): Promise<Result> => database.transaction((transaction) => work(changeWithin(transaction, by)));

/** A change as part of a transaction that a later room has begun. */
export function changeWithin(transaction: Transaction<StoreTables>, by: Changing): Change {
  const db = withinRegistry(transaction);
  return {
    db,
    by,
    version: (key) => readVersion(db, key),
    async tell(event, of, details = {}) {
      const entry = { at: by.now, actor: by.actor, event, subject: subjectOf(of), details };
      await appendHistory(transaction, entry);
    },
    historyOf: (name) => readHistory({ db: transaction }, { subject: `model:${name}` }),
  };
}
