/**
 * Request ids that ascend with time, so that an index over them grows at its end: UUID version 7 (RFC 9562),
 * 48 bits of milliseconds, 12 bits that count within one, 62 random bits.
 */
import { randomFillSync } from 'node:crypto';

export function requestIds(now: () => number): () => string {
  const random = new Uint8Array(8 * 256);
  let used = random.length;
  let last = 0;
  let count = 0;
  return () => {
    const moment = Math.max(Math.floor(now()), last);
    count = moment === last ? count + 1 : 0;
    // More than 4,096 ids in a millisecond borrow from the next.
    if (count > 0xfff) count = 0;
    last = count === 0 && moment === last ? moment + 1 : moment;
    if (used === random.length) {
      randomFillSync(random);
      used = 0;
    }
    const tail = Buffer.from(random.buffer, used, 8).toString('hex');
    used += 8;
    const head = last.toString(16).padStart(12, '0');
    const variant = ((Number.parseInt(tail[0]!, 16) & 0x3) | 0x8).toString(16);
    return `${head.slice(0, 8)}-${head.slice(8)}-7${count.toString(16).padStart(3, '0')}-${variant}${tail.slice(1, 4)}-${tail.slice(4)}`;
  };
}
