import { createHash, type Hash } from 'node:crypto';

/** SHA-256 of text or bytes, as lower-case hex. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** A SHA-256 that is fed piece by piece. */
export function sha256Stream(): Hash {
  return createHash('sha256');
}
