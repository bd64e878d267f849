/**
 * Request ids that ascend with time, so that an index over them grows at its end: UUID version 7 (RFC 9562),
 * 48 bits of milliseconds, 12 bits that count within one, 62 random bits.
 */
import { randomFillSync } from 'node:crypto';

const tailLetters = 16;
const tailsAtOnce = 256;

export function requestIds(now: () => number): () => string {
  const random = new Uint8Array((tailsAtOnce * tailLetters) / 2);
  let tails = '';
  let used = 0;
  let last = -1;
  let count = 0;
  let head = '';
  return () => {
    const moment = Math.max(Math.floor(now()), last);
    count = moment === last ? count + 1 : 0;
    // More than 4,096 ids in a millisecond borrow from the next.
    if (count > 0xfff) count = 0;
    if (count === 0) {
      last = moment === last ? moment + 1 : moment;
      const digits = last.toString(16).padStart(12, '0');
      head = `${digits.slice(0, 8)}-${digits.slice(8)}-7`;
    }
    if (used === tails.length) {
      randomFillSync(random);
      tails = Buffer.from(random.buffer).toString('hex');
      used = 0;
    }
    const variant = variants[Number.parseInt(tails[used]!, 16) & 0x3];
    const tail = `${variant}${tails.slice(used + 1, used + 4)}-${tails.slice(used + 4, used + tailLetters)}`;
    used += tailLetters;
    return `${head}${(0x1000 + count).toString(16).slice(1)}-${tail}`;
  };
}

/** Two bits of the variant before two random ones. */
const variants = '89ab';
