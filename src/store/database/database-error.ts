/** What an engine refuses, as coded errors. An engine's own sentence is never passed on: it may quote values. */
import { ConflictError, HoldfastError, UnavailableError } from '../../base/errors.ts';

/** SQLite's primary result codes (sqlite.org/rescode.html). */
const sqlite = {
  busy: 5,
  locked: 6,
  readOnly: 8,
  ioError: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
};
const sqliteUnique = new Set([1555, 2067]);

/** Of PostgreSQL's SQLSTATE the class, its first two characters: connection, resources, operator intervention. */
const unavailableClasses = new Set(['08', '53', '57', '58']);
const postgresFull = '53100';
const postgresUnique = '23505';
const postgresDamaged = new Set(['XX001', 'XX002']);
/** Serialization failure and deadlock: the same transaction can succeed when it runs again. */
const postgresRepeatable = new Set(['40001', '40P01']);
const socketCodes =
  /^(?:ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EACCES|ENOENT)$/;
/** pg tells these by words alone. */
const pgWords = /timeout|terminated|Connection ended|not queryable|Cannot use a pool/i;

interface EngineError {
  readonly code?: string;
  readonly errcode?: number;
  readonly message?: string;
  readonly constraint?: string;
}

/** Whether a transaction failed only because another ran at the same time. */
export function isRepeatable(error: unknown): boolean {
  const cause = (error as { cause?: unknown }).cause ?? error;
  const { code, constraint } = cause as EngineError;
  // Two that append to the history at once: the server tells the second of the key instead of the order.
  return postgresRepeatable.has(code ?? '') || (code === postgresUnique && constraint === 'history_pkey');
}

/** A coded error for what an engine threw; a coded error stays what it is. `place` is where the database is. */
export function databaseError(place: string, cause: unknown): HoldfastError {
  if (cause instanceof HoldfastError) return cause;
  const { code, errcode, message = '' } = cause as EngineError;
  const fields = {
    database: place,
    reason: errcode === undefined ? (code ?? 'unknown') : `sqlite ${errcode}`,
  };
  const unavailable = (what: 'store.unavailable' | 'store.full' | 'store.damaged', sentence: string) =>
    new UnavailableError(what, `database ${place}: ${sentence}`, fields, { cause });
  const primary = errcode === undefined ? undefined : errcode & 0xff;
  if (primary === sqlite.full || code === postgresFull || code === 'ENOSPC')
    return unavailable('store.full', 'the disk is full; free some space, what was answered before is safe');
  if (primary === sqlite.corrupt || primary === sqlite.notADatabase || postgresDamaged.has(code ?? ''))
    return unavailable(
      'store.damaged',
      'the file is damaged or no database; restore a backup with holdfast restore',
    );
  if (primary === sqlite.busy || primary === sqlite.locked)
    return unavailable('store.unavailable', 'another process holds it for longer than 5 s; try again');
  if (postgresRepeatable.has(code ?? ''))
    return unavailable('store.unavailable', 'too many changes met at once; try again');
  if (primary === sqlite.readOnly || primary === sqlite.ioError || primary === sqlite.cannotOpen)
    return unavailable(
      'store.unavailable',
      'the file cannot be read or written; check the folder, its permissions and the disk',
    );
  if ((errcode !== undefined && sqliteUnique.has(errcode)) || code === postgresUnique) {
    return new ConflictError(
      'store.conflict',
      `database ${place}: another entry has this name or key already; use another, or look at the one that is there`,
      fields,
      { cause },
    );
  }
  if (
    unavailableClasses.has((code ?? '').slice(0, 2)) ||
    socketCodes.test(code ?? '') ||
    (code === undefined && pgWords.test(message))
  )
    return unavailable(
      'store.unavailable',
      'it does not answer; check that it runs and can be reached, then try again',
    );
  if (code === '28P01' || code === '28000' || code === '3D000' || code === '42501')
    return unavailable(
      'store.unavailable',
      `it refuses this user or database (${code}); check HOLDFAST_DATABASE_URL`,
    );
  return new HoldfastError(
    'internal.defect',
    `database ${place}: a statement was refused (${fields.reason})`,
    fields,
    {
      cause,
    },
  );
}
