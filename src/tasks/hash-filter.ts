/**
 * A hash filter: tells whether a model has seen a customer, without keeping any customer's id.
 *
 * A Bloom filter of `size` bits: each text sets `hashes` bits, picked by double hashing from its SHA-256
 * (Kirsch and Mitzenmacher 2006). A text that went in is always found; another one is found by mistake in 1%
 * of cases, since 9.6 bits a text and 7 hashes give (1 - e^(-7 / 9.6))^7 = 0.00997. O(1) a text.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';

const bitsPerText = 9.6;
const hashCount = 7;
/** 2^48: sums of eight such numbers are still exact. */
const wordBytes = 6;

export const hashFilterSchema = z
  .object({
    bits: z.base64(),
    hashes: z.int().min(1).max(32),
    size: z.int().min(1),
    count: z.int().min(0),
    of: z.enum(['id', 'row']),
  })
  .refine(({ bits, size }) => bytesOf(bits).length === Math.ceil(size / 8), 'bits and size must agree');

/** What the filter was built from: ids, or whole rows where customers have no id. */
export type HashFilter = z.infer<typeof hashFilterSchema>;

/** A filter of the texts given. */
export function buildHashFilter(texts: readonly string[], of: HashFilter['of']): HashFilter {
  const size = Math.max(8, Math.ceil(texts.length * bitsPerText));
  const bits = Buffer.alloc(Math.ceil(size / 8));
  for (const text of texts)
    for (const bit of bitsOf(text, size, hashCount)) bits[bit >>> 3]! |= 1 << (bit & 7);
  return { bits: bits.toString('base64'), hashes: hashCount, size, count: texts.length, of };
}

/** A function that tells whether a text went into the filter: `false` is sure, `true` is wrong in 1% of cases. */
export function openHashFilter(filter: HashFilter): (text: string) => boolean {
  const bits = bytesOf(filter.bits);
  return (text) =>
    bitsOf(text, filter.size, filter.hashes).every((bit) => (bits[bit >>> 3]! & (1 << (bit & 7))) !== 0);
}

function bitsOf(text: string, size: number, hashes: number): number[] {
  const digest = createHash('sha256').update(text).digest();
  const first = digest.readUIntLE(0, wordBytes) % size;
  // A step that is 0 would set a single bit.
  const step = 1 + (digest.readUIntLE(wordBytes, wordBytes) % Math.max(1, size - 1));
  return Array.from({ length: hashes }, (_, i) => (first + i * step) % size);
}

const bytesOf = (base64: string): Buffer => Buffer.from(base64, 'base64');
