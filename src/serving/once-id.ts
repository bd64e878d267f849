/**
 * The request id of a request that may be sent again: made of who asks and the key that they chose, so the log itself
 * knows whether it was answered. UUID version 8 (RFC 9562): 122 bits of a SHA-256.
 */
import { sha256 } from '../base/hash.ts';

/** `purpose`: keys of predictions and of outcomes are apart. `keyId`: two who ask never share a key; null without keys. */
export function onceId(purpose: 'predict' | 'outcomes', keyId: string | null, key: string): string {
  const hash = sha256(JSON.stringify([purpose, keyId ?? 'anonymous', key]));
  const variant = ((Number.parseInt(hash[16]!, 16) & 0x3) | 0x8).toString(16);
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-${variant}${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}
