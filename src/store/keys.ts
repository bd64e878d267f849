/**
 * Keys of the API: `hf_<id>_<secret>`. The id may stand in logs and in the history; of the secret only a hash
 * is kept. A secret has 256 random bits, so a plain SHA-256 can't be guessed backwards.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { ConflictError, NotFoundError, ParamError } from '../base/errors.ts';
import { sha256 } from '../base/hash.ts';
import { printable } from '../base/text.ts';
import type { Database } from './database/database.ts';
import { appendHistory } from './history.ts';

/** What a key may do; `admin` may do everything. */
export const scopes = ['score', 'read', 'operate', 'approve', 'admin'] as const;
export type Scope = (typeof scopes)[number];

export interface KeyFacts {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly createdAt: number;
  readonly expiresAt: number | null;
  readonly revokedAt: number | null;
}

export interface Acting {
  /** Who does it, as the history names them. */
  readonly actor: string;
  readonly now: number;
}

/** Makes a key; the text is given once and can't be had again. */
export async function createKey(
  database: Database,
  wanted: { readonly name: string; readonly scopes: readonly Scope[]; readonly expiresAt?: number },
  { actor, now }: Acting,
): Promise<{ readonly key: string; readonly facts: KeyFacts }> {
  const { name, expiresAt = null } = wanted;
  if (!/^[a-z0-9][a-z0-9._-]{0,62}$/.test(name)) {
    throw new ParamError(
      'usage.argument',
      `keys: name must be lower-case letters, digits, dots, hyphens and underscores, at most 63, got ${printable(name)}`,
      { option: 'name' },
    );
  }
  if (wanted.scopes.length === 0) {
    throw new ParamError('usage.argument', `keys: a key needs at least one scope of ${scopes.join(', ')}`, {
      option: 'scopes',
    });
  }
  const id = randomBytes(6).toString('hex');
  const key = `hf_${id}_${randomBytes(32).toString('base64url')}`;
  const granted = scopes.filter((scope) => wanted.scopes.includes(scope));
  await database.transaction(async (db) => {
    const known = await db
      .selectFrom('api_key')
      .select(['id', 'revoked_at'])
      .where('name', '=', name)
      .executeTakeFirst();
    if (known) {
      throw new ConflictError(
        'store.conflict',
        known.revoked_at === null
          ? `keys: there is a key named ${name} already; choose another name`
          : `keys: ${name} was the name of a key that is revoked, and the history tells keys by their names; choose another one, such as ${name}-2`,
        { name },
      );
    }
    await db
      .insertInto('api_key')
      .values({
        id,
        name,
        secret_hash: sha256(key),
        scopes: granted.join(' '),
        created_at: now,
        expires_at: expiresAt,
        revoked_at: null,
      })
      .execute();
    await appendHistory(db, {
      at: now,
      actor,
      event: 'key.created',
      subject: `key:${id}`,
      details: { name, scopes: granted, expiresAt },
    });
  });
  return { key, facts: { id, name, scopes: granted, createdAt: now, expiresAt, revokedAt: null } };
}

/** The key that a text is, or null: unknown, wrong, expired and revoked look alike from outside. */
export async function findKey(
  { db }: Pick<Database, 'db'>,
  text: string,
  now: number,
): Promise<KeyFacts | null> {
  const id = /^hf_([0-9a-f]{12})_[\w-]{43}$/.exec(text)?.[1];
  if (id === undefined) return null;
  const row = await db.selectFrom('api_key').selectAll().where('id', '=', id).executeTakeFirst();
  // Compared even where there is none, so that the time taken does not tell which ids exist.
  const wanted = Buffer.from(row?.secret_hash ?? '0'.repeat(64), 'hex');
  if (!timingSafeEqual(wanted, Buffer.from(sha256(text), 'hex')) || !row) return null;
  if (row.revoked_at !== null || (row.expires_at !== null && row.expires_at <= now)) return null;
  return facts(row);
}

/** Whether a key was ever made: revoking the last one closes the door rather than opening it. */
export async function hasKeys({ db }: Pick<Database, 'db'>): Promise<boolean> {
  const row = await db.selectFrom('api_key').select('id').limit(1).executeTakeFirst();
  return row !== undefined;
}

export const mayDo = ({ scopes: granted }: Pick<KeyFacts, 'scopes'>, scope: Scope): boolean =>
  granted.includes(scope) || granted.includes('admin');

/** Newest first, revoked ones too. */
export async function listKeys({ db }: Pick<Database, 'db'>): Promise<readonly KeyFacts[]> {
  const rows = await db
    .selectFrom('api_key')
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute();
  return rows.map(facts);
}

/** Ends a key for ever, by its name or id; ending it twice changes nothing. */
export async function revokeKey(
  database: Database,
  nameOrId: string,
  { actor, now }: Acting,
): Promise<KeyFacts> {
  return database.transaction(async (db) => {
    const row = await db
      .selectFrom('api_key')
      .selectAll()
      .where((one) => one.or([one('id', '=', nameOrId), one('name', '=', nameOrId)]))
      .executeTakeFirst();
    if (!row) {
      throw new NotFoundError(
        'key.not-found',
        `keys: no key is named ${printable(nameOrId)}; see holdfast keys list`,
        {},
      );
    }
    if (row.revoked_at !== null) return facts(row);
    await db.updateTable('api_key').set({ revoked_at: now }).where('id', '=', row.id).execute();
    await appendHistory(db, {
      at: now,
      actor,
      event: 'key.revoked',
      subject: `key:${row.id}`,
      details: { name: row.name },
    });
    return { ...facts(row), revokedAt: now };
  });
}

function facts(row: {
  readonly id: string;
  readonly name: string;
  readonly scopes: string;
  readonly created_at: number;
  readonly expires_at: number | null;
  readonly revoked_at: number | null;
}): KeyFacts {
  return {
    id: row.id,
    name: row.name,
    scopes: row.scopes.split(' ') as Scope[],
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
  };
}
