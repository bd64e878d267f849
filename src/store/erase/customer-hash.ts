/**
 * What stands for an erased customer in history and certificate: it shows to who knows the id that this id was
 * meant, and costs who guesses ids a twentieth of a second and 16 MB a guess. Another salt each time, so two entries can't be told to
 * be of one customer.
 */
import { randomBytes, scryptSync } from 'node:crypto';

export interface CustomerHash {
  /** Hex. */
  readonly hash: string;
  /** Hex. */
  readonly salt: string;
}

/** RFC 7914 with N = 2^14, r = 8, p = 1, of the id as UTF-8. */
export const customerHashMethod = 'scrypt, N 16384, r 8, p 1, 32 bytes';

export function hashCustomer(
  customerId: string,
  salt: string = randomBytes(16).toString('hex'),
): CustomerHash {
  const options = { N: 2 ** 14, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };
  const hash = scryptSync(customerId, Buffer.from(salt, 'hex'), 32, options).toString('hex');
  return { hash, salt };
}
