/**
 * What happened, in order, so that nobody can change it unseen: each entry holds the hash of the one before.
 *
 * `hash = sha256(JSON [position, at, actor, event, subject, details, previousHash])`. A changed, removed or
 * inserted entry breaks the chain at its place; only entries cut off at the very end leave no trace in it.
 */
import type { Transaction } from 'kysely';
import { sha256 } from '../base/hash.ts';
import { canonicalJson, type Plain } from '../base/plain.ts';
import type { Database } from './database/database.ts';
import type { HistoryTable, StoreTables } from './database/tables.ts';

export interface HistoryEntry {
  /** Epoch milliseconds. */
  readonly at: number;
  /** A key's id, `cli:` and the system user, or the part of Holdfast that acted. */
  readonly actor: string;
  /** `noun.verb`, for example `alias.set`. */
  readonly event: string;
  /** What it happened to, for example `model:telco:3`. */
  readonly subject: string;
  /** No customer's values. */
  readonly details: { readonly [name: string]: Plain };
}

export interface RecordedEntry extends HistoryEntry {
  readonly position: number;
  readonly hash: string;
}

/** What the first entry takes for the hash before it. */
const beforeFirst = '0'.repeat(64);

/** Adds an entry in the transaction that makes the change: both are there or neither. */
export async function appendHistory(
  db: Transaction<StoreTables>,
  entry: HistoryEntry,
): Promise<RecordedEntry> {
  const last = await db
    .selectFrom('history')
    .select(['position', 'hash'])
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
  const row = {
    position: (last?.position ?? 0) + 1,
    at: entry.at,
    actor: entry.actor,
    event: entry.event,
    subject: entry.subject,
    details: canonicalJson(entry.details),
    previous_hash: last?.hash ?? beforeFirst,
  };
  const hash = entryHash(row);
  await db
    .insertInto('history')
    .values({ ...row, hash })
    .execute();
  return { ...entry, position: row.position, hash };
}

/** Entries of a subject, or of subjects below it (`model:telco` holds `model:telco:3`); oldest first. */
export async function readHistory(
  { db }: Pick<Database, 'db'>,
  wanted: {
    readonly subject?: string;
    readonly until?: number;
    readonly after?: number;
    readonly limit?: number;
  } = {},
): Promise<readonly RecordedEntry[]> {
  let query = db.selectFrom('history').selectAll().orderBy('position');
  const { subject, until, after, limit } = wanted;
  if (subject !== undefined) {
    // ';' is the character after ':'.
    query = query.where((one) =>
      one.or([
        one('subject', '=', subject),
        one.and([one('subject', '>=', `${subject}:`), one('subject', '<', `${subject};`)]),
      ]),
    );
  }
  if (until !== undefined) query = query.where('at', '<=', until);
  if (after !== undefined) query = query.where('position', '>', after);
  if (limit !== undefined) query = query.limit(limit);
  return (await query.execute()).map(({ position, at, actor, event, subject: of, details, hash }) => ({
    position,
    at,
    actor,
    event,
    subject: of,
    details: JSON.parse(details) as RecordedEntry['details'],
    hash,
  }));
}

/** How many entries there are: it tells in one small query whether anything has changed. */
export async function newestPosition({ db }: Pick<Database, 'db'>): Promise<number> {
  const { newest } = await db
    .selectFrom('history')
    .select((one) => one.fn.max('position').as('newest'))
    .executeTakeFirstOrThrow();
  return newest ?? 0;
}

/** Whether the chain holds: the number of entries, and the position of the first that does not fit. O(entries). */
export async function verifyHistory({
  db,
}: Pick<Database, 'db'>): Promise<{ readonly entries: number; readonly brokenAt: number | null }> {
  const pageSize = 1000;
  let entries = 0;
  let previous = beforeFirst;
  for (;;) {
    const page = await db
      .selectFrom('history')
      .selectAll()
      .where('position', '>', entries)
      .orderBy('position')
      .limit(pageSize)
      .execute();
    for (const row of page) {
      if (row.position !== entries + 1 || row.previous_hash !== previous || row.hash !== entryHash(row))
        return { entries, brokenAt: entries + 1 };
      entries++;
      previous = row.hash;
    }
    if (page.length < pageSize) break;
  }
  const { least } = await db
    .selectFrom('history')
    .select((one) => one.fn.min('position').as('least'))
    .executeTakeFirstOrThrow();
  return { entries, brokenAt: least !== null && least < 1 ? least : null };
}

/** The hash that binds an entry to the one before. */
export function entryHash(row: Omit<HistoryTable, 'hash'>): string {
  const { position, at, actor, event, subject, details, previous_hash } = row;
  return sha256(JSON.stringify([position, at, actor, event, subject, details, previous_hash]));
}
