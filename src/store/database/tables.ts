/** The tables of this room, as queries see them. Every moment is epoch milliseconds UTC. */
import type { Generated } from 'kysely';

export interface StoreTables {
  api_key: ApiKeyTable;
  history: HistoryTable;
  outbox: OutboxTable;
  lease: LeaseTable;
}

/** Keys of the API. The secret itself is nowhere, only its hash. */
export interface ApiKeyTable {
  /** Public part of the key: what logs and history may name. */
  id: string;
  name: string;
  /** SHA-256 of the whole key, hex. */
  secret_hash: string;
  /** Sorted, joined by a space. */
  scopes: string;
  created_at: number;
  expires_at: number | null;
  revoked_at: number | null;
}

/** Everything that changed state, each entry bound to the one before by its hash. Rows are only ever added. */
export interface HistoryTable {
  /** 1, 2, 3 without a gap. */
  position: number;
  at: number;
  /** Who: a key's id, `cli:` and the system user, or the part of Holdfast that acted. */
  actor: string;
  /** What happened, for example `alias.set`. */
  event: string;
  /** What it happened to, for example `model:telco:3`. */
  subject: string;
  /** JSON. */
  details: string;
  previous_hash: string;
  hash: string;
}

/** Messages to the outside, written in the transaction that causes them and sent afterwards, at least once. */
export interface OutboxTable {
  id: Generated<number>;
  topic: string;
  /** Receivers see it and can tell a repeated message by it. */
  idempotency_key: string;
  /** JSON. */
  payload: string;
  created_at: number;
  attempts: Generated<number>;
  next_try_at: number;
  /** Code of the last failure. */
  last_error: string | null;
  /** Set when nothing more is tried. */
  dead_at: number | null;
}

/** Who may do what only one process may do at a time. */
export interface LeaseTable {
  name: string;
  holder: string;
  expires_at: number;
}
