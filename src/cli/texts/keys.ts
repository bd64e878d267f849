/** What a person and a program read of keys; never a secret. */
import type { KeyFacts } from '../../store/keys.ts';
import { formatTable } from '../format.ts';

const isoTime = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
/** `2026-11-21 17:05` */
const minute = (at: number): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ');

export const keyJson = ({ id, name, scopes, createdAt, expiresAt, revokedAt }: KeyFacts) => ({
  id,
  name,
  scopes,
  createdAt: isoTime(createdAt),
  expiresAt: isoTime(expiresAt),
  revokedAt: isoTime(revokedAt),
});

export type KeyState = 'active' | 'expired' | 'revoked';

export function keyState({ expiresAt, revokedAt }: KeyFacts, now: number): KeyState {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && expiresAt <= now ? 'expired' : 'active';
}

export const keyStateJson = (key: KeyFacts, now: number) => ({ ...keyJson(key), state: keyState(key, now) });

export function createdText({ id, name, scopes, expiresAt }: KeyFacts): readonly string[] {
  const until = expiresAt === null ? 'until it is revoked' : `until ${minute(expiresAt)} UTC`;
  return [
    `Key ${name} (${id}) may ${scopes.join(', ')}, ${until}.`,
    'It is shown this once and kept nowhere: store it where secrets are stored.',
  ];
}

export function keyListText(keys: readonly KeyFacts[], now: number): string {
  if (keys.length === 0)
    return 'No keys yet. Without one the server answers on this machine only; holdfast keys create makes one.';
  return formatTable(
    ['name', 'id', 'may', 'created (UTC)', 'expires (UTC)', 'state'],
    keys.map((key) => [
      key.name,
      key.id,
      key.scopes.join(', '),
      minute(key.createdAt),
      key.expiresAt === null ? 'never' : minute(key.expiresAt),
      key.revokedAt === null ? keyState(key, now) : `revoked ${minute(key.revokedAt)}`,
    ]),
  );
}

export const revokedText = ({ id, name, revokedAt }: KeyFacts): string =>
  `Key ${name} (${id}) is revoked since ${minute(revokedAt ?? 0)} UTC; its name stays taken.`;
