/**
 * How many requests one caller may make: a bucket a caller that fills steadily and holds two seconds' worth, so
 * that a burst passes and a flood does not. Callers are keys, or addresses where none is brought.
 */
import type { Clock } from '../../base/clock.ts';
import { HttpRefusal } from '../problem.ts';

/** More callers than this are not told apart in memory: who came first is forgotten first. */
const mostCallers = 10_000;
const burstSeconds = 2;

export interface RateLimiter {
  /** Throws `request.too-many` when the caller has nothing left; takes nothing. */
  check(caller: string): void;
  /** Takes `cost`; throws as `check` does when nothing was left before. */
  take(caller: string, cost?: number): void;
}

export const noRateLimit: RateLimiter = { check: () => {}, take: () => {} };

interface Bucket {
  left: number;
  /** Epoch milliseconds up to which `left` was filled. */
  at: number;
}

/** `perSecond`: requests a second and caller, at least 1. */
export function rateLimiter(perSecond: number, clock: Clock): RateLimiter {
  const full = perSecond * burstSeconds;
  const buckets = new Map<string, Bucket>();

  const bucketOf = (caller: string): Bucket => {
    const now = clock.now();
    const known = buckets.get(caller);
    if (known) {
      // A clock that was set back takes nothing away.
      known.left = Math.min(full, known.left + (Math.max(0, now - known.at) / 1000) * perSecond);
      known.at = now;
      return known;
    }
    if (buckets.size >= mostCallers) buckets.delete(buckets.keys().next().value!);
    const fresh = { left: full, at: now };
    buckets.set(caller, fresh);
    return fresh;
  };
  const checked = (caller: string): Bucket => {
    const bucket = bucketOf(caller);
    if (bucket.left >= 1) return bucket;
    throw new HttpRefusal(
      429,
      'request.too-many',
      `more than ${perSecond} requests a second; wait a second, or send several customers at once to /v1/predict`,
    );
  };
  return {
    check: (caller) => void checked(caller),
    take(caller, cost = 1) {
      const bucket = checked(caller);
      // Owing more than a second's worth would lock out longer than Retry-After says.
      bucket.left = Math.max(1 - perSecond, bucket.left - cost);
    },
  };
}
