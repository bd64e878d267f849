/**
 * Whether an open SQLite database is still the one that the next process will find. A file that is removed or replaced
 * stays usable for those who have it open: they would go on writing into what nobody can ever read.
 */
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { UnavailableError } from '../../base/errors.ts';

/** Call it when the file has been opened; what it gives throws `store.unavailable`. Cost: two system calls. */
export function sameFileGuard(path: string): () => void {
  const opened = identityOf(path);
  // Its log comes with the first statement.
  let log: string | null = null;
  return () => {
    const logNow = identityOf(`${path}-wal`);
    log ??= logNow;
    if (opened !== null && identityOf(path) === opened && logNow === log) return;
    throw new UnavailableError(
      'store.unavailable',
      `database ${basename(path)}: the file was removed or replaced while it was open; put it back or restore a backup, then start again`,
      { database: basename(path) },
    );
  };
}

function identityOf(path: string): string | null {
  const found = statSync(path, { throwIfNoEntry: false });
  return found ? `${found.dev}:${found.ino}` : null;
}
