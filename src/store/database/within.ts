/** A bound on what somebody waits for the database, whatever the database does. */
import { UnavailableError } from '../../base/errors.ts';

/** Rejects with `store.unavailable` when `asked` takes longer. What was asked goes on, unheard. */
export async function within<Result>(
  limitMs: number,
  place: string,
  asked: Promise<Result>,
): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tooSlow(limitMs, place)), limitMs);
  });
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
}

const tooSlow = (limitMs: number, place: string): Error =>
  new UnavailableError(
    'store.unavailable',
    `database ${place}: it did not answer within ${limitMs / 1000} s; check that it runs and can be reached, then try again`,
    { database: place, limitMs },
  );
