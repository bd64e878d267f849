/**
 * Who may pass: without keys everybody (such a server listens on this machine's own address only), with keys those
 * who bring one with the scope that the route asks for. What the database said of a key is remembered for some
 * seconds: a revoked key works at most that much longer.
 */
import type { FastifyRequest } from 'fastify';
import type { Clock } from '../base/clock.ts';
import { KeyError, ScopeError } from '../base/errors.ts';
import { sha256 } from '../base/hash.ts';
import type { Database } from '../store/database/database.ts';
import { within } from '../store/database/within.ts';
import { findKey, hasKeys, type KeyFacts, mayDo, type Scope } from '../store/keys.ts';

const rememberMs = 5000;
/** How long a request may wait to be let in. */
const answerWithinMs = 5000;
/** Guessed keys must not fill the memory. */
const mostRemembered = 1000;

export interface DoorKeeper {
  /**
   * The id of the key that a request brings, null where none is needed; throws `key.needed` or `key.scope`. `stranger` is called,
   * and may throw, before anything is done for a request whose key was not seen to be good: behind a proxy all come from one
   * address, and who guesses keys there must not shut out those who have one.
   */
  admit(request: FastifyRequest, scope: Scope | null, stranger?: () => void): Promise<string | null>;
  /** Whether there are keys, so that requests need one. */
  needsKeys(): Promise<boolean>;
}

export function doorKeeper(database: Database, clock: Clock): DoorKeeper {
  let keys = { exist: false, until: Number.NEGATIVE_INFINITY };
  /** By the hash of what was brought, so that no secret stays in memory. */
  const remembered = new Map<string, { readonly facts: KeyFacts | null; readonly until: number }>();
  /** Hashes of keys that were good when last looked up; guesses do not push them out. */
  const good = new Set<string>();

  const asked = <Result>(answer: Promise<Result>): Promise<Result> =>
    within(answerWithinMs, database.place, answer);
  const keysExist = async (now: number): Promise<boolean> => {
    // Once there are keys, losing sight of the database must not open the door.
    if (!isFresh(keys, now))
      keys = { exist: keys.exist || (await asked(hasKeys(database))), until: now + rememberMs };
    return keys.exist;
  };
  const lookUp = async (text: string, now: number, stranger: () => void): Promise<KeyFacts | null> => {
    const name = sha256(text);
    if (!good.has(name)) stranger();
    const known = remembered.get(name);
    if (known && isFresh(known, now)) return known.facts;
    const facts = await asked(findKey(database, text, now));
    if (remembered.size >= mostRemembered) remembered.clear();
    remembered.set(name, { facts, until: now + rememberMs });
    if (!facts) good.delete(name);
    else if (good.size < mostRemembered) good.add(name);
    return facts;
  };

  return {
    needsKeys: () => keysExist(clock.now()),
    async admit(request, scope, stranger = () => {}) {
      const text = broughtBy(request);
      if (scope === null || text === null) stranger();
      if (scope === null) return null;
      const now = clock.now();
      if (!(await keysExist(now))) return null;
      const facts = text === null ? null : await lookUp(text, now, stranger);
      // It may have expired since it was remembered.
      if (!facts || (facts.expiresAt !== null && facts.expiresAt <= now)) {
        throw new KeyError('key.needed', 'a valid key is needed: send it as "Authorization: Bearer hf_..."');
      }
      if (!mayDo(facts, scope))
        throw new ScopeError('key.scope', `the key ${facts.name} lacks the scope ${scope}`);
      return facts.id;
    },
  };
}

/** A clock that was set back must not keep alive what is long forgotten. */
const isFresh = ({ until }: { readonly until: number }, now: number): boolean =>
  now < until && until - now <= rememberMs;

function broughtBy({ headers }: FastifyRequest): string | null {
  const bearer = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];
  if (bearer !== undefined) return bearer;
  const own = headers['x-api-key'];
  return typeof own === 'string' ? own : null;
}
