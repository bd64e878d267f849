/**
 * Messages to systems outside, that neither a crash nor a silent receiver loses.
 *
 * A message is written in the transaction that causes it. One process at a time sends what is due, in order of
 * writing; a receiver gets each message at least once and tells a repeated one by its idempotency key. A failed
 * message is tried again after 1, 2, 4 ... seconds, at most 10 minutes apart; after `mostAttempts` it is kept as
 * dead until somebody decides.
 */
import type { Transaction } from 'kysely';
import { HoldfastError } from '../base/errors.ts';
import type { Plain } from '../base/plain.ts';
import type { Database } from './database/database.ts';
import type { StoreTables } from './database/tables.ts';
import { takeLease } from './lease.ts';

export interface OutboxMessage {
  readonly topic: string;
  readonly idempotencyKey: string;
  readonly payload: Plain;
}

/** Sends one message; throws where it did not arrive. It may get the same message again. */
export type Deliver = (message: OutboxMessage, signal: AbortSignal) => Promise<void>;

const mostAttempts = 12;
const longestPauseMs = 600_000;
const leaseMs = 30_000;

/** Adds a message; one with the same idempotency key is in the outbox once. */
export async function addToOutbox(
  db: Transaction<StoreTables>,
  { topic, idempotencyKey, payload }: OutboxMessage,
  now: number,
): Promise<void> {
  await db
    .insertInto('outbox')
    .values({
      topic,
      idempotency_key: idempotencyKey,
      payload: JSON.stringify(payload),
      created_at: now,
      next_try_at: now,
      last_error: null,
      dead_at: null,
    })
    .onConflict((conflict) => conflict.column('idempotency_key').doNothing())
    .execute();
}

export interface OutboxRound {
  readonly database: Database;
  /** By topic; messages of other topics wait. */
  readonly receivers: Readonly<Record<string, Deliver>>;
  readonly holder: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly signal: AbortSignal;
  readonly limit?: number;
}

/** One round: sends what is due if this process is the leader. Gives how many arrived and how many did not. */
export async function sendDue(
  round: OutboxRound,
): Promise<{ readonly sent: number; readonly failed: number }> {
  const { database, receivers, holder, now, signal, limit = 100 } = round;
  const lead = () => takeLease(database, { name: 'outbox', holder, now: now(), lengthMs: leaseMs });
  const topics = Object.keys(receivers);
  if (topics.length === 0 || !(await lead())) return { sent: 0, failed: 0 };
  const due = await database.db
    .selectFrom('outbox')
    .selectAll()
    .where('dead_at', 'is', null)
    .where('next_try_at', '<=', now())
    .where('topic', 'in', topics)
    .orderBy('id')
    .limit(limit)
    .execute();
  let sent = 0;
  let failed = 0;
  for (const row of due) {
    // A receiver that took long may have cost the lease.
    if (signal.aborted || !(await lead())) break;
    const message = {
      topic: row.topic,
      idempotencyKey: row.idempotency_key,
      payload: JSON.parse(row.payload) as Plain,
    };
    try {
      await receivers[row.topic]!(message, signal);
    } catch (error) {
      failed++;
      await noteFailure(database, row.id, row.attempts + 1, now(), errorName(error));
      continue;
    }
    await database.db.deleteFrom('outbox').where('id', '=', row.id).execute();
    sent++;
  }
  return { sent, failed };
}

async function noteFailure(
  { db }: Database,
  id: number,
  attempts: number,
  now: number,
  lastError: string,
): Promise<void> {
  const pauseMs = Math.min(longestPauseMs, 1000 * 2 ** (attempts - 1));
  await db
    .updateTable('outbox')
    .set({
      attempts,
      last_error: lastError,
      next_try_at: now + pauseMs,
      dead_at: attempts >= mostAttempts ? now : null,
    })
    .where('id', '=', id)
    .execute();
}

/** A code, never a message: that may quote what was sent. */
const errorName = (error: unknown): string =>
  error instanceof HoldfastError
    ? error.code
    : ((error as NodeJS.ErrnoException).code ?? (error as Error).name ?? 'unknown');

/** What waits and what was given up; `oldestAt` is when the oldest waiting message was written. */
export async function outboxBacklog({ db }: Pick<Database, 'db'>): Promise<{
  readonly waiting: number;
  readonly dead: number;
  readonly oldestAt: number | null;
}> {
  const rows = await db
    .selectFrom('outbox')
    .select((one) => [
      one.fn.countAll<number>().as('total'),
      one.fn.count<number>('dead_at').as('dead'),
      one.fn.min(one.case().when('dead_at', 'is', null).then(one.ref('created_at')).end()).as('oldest'),
    ])
    .executeTakeFirstOrThrow();
  return { waiting: rows.total - rows.dead, dead: rows.dead, oldestAt: rows.oldest };
}
