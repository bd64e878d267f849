/** While no model is champion the newest one answers; this looks for the first champion, so that no restart is needed. */
import { champion } from '../registry/names.ts';
import { listVersions } from '../registry/versions.ts';
import type { Database } from '../store/database/database.ts';
import { newestPosition } from '../store/history.ts';

export interface AwaitedChampion {
  readonly database: Database;
  /** Whether it is still wanted. */
  isAwaited(): boolean;
  /** Called when there is one; tried again later when it rejects. */
  appeared(): Promise<void>;
  readonly everyMs?: number;
}

/** Returns what ends the looking. A small query twice a second; more only when something has changed. */
export function awaitChampion({ database, isAwaited, appeared, everyMs = 500 }: AwaitedChampion): () => void {
  let seen = -1;
  let looking = false;
  const look = async (): Promise<void> => {
    const position = await newestPosition(database);
    if (position === seen) return;
    const isThere = (await listVersions(database)).some(({ aliases }) => aliases.includes(champion));
    if (isThere) await appeared();
    // Last: what failed is tried again.
    seen = position;
  };
  const timer = setInterval(() => {
    if (!isAwaited()) {
      clearInterval(timer);
      return;
    }
    if (looking) return;
    looking = true;
    // A database that doesn't answer is told by /ready.
    look()
      .catch(() => {})
      .finally(() => {
        looking = false;
      });
  }, everyMs).unref();
  return () => clearInterval(timer);
}
