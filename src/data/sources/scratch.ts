/** What can go wrong with temporary copies, in a sentence about the disk and not about the table. */
import { UnavailableError } from '../../base/errors.ts';

/** Throws when the error says that there is no room for a temporary copy. */
export function refuseFullDisk(who: string, error: unknown): void {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return;
  throw new UnavailableError(
    'output.unwritable',
    `${who}: the folder for temporary files is full; free some space or set TMPDIR to another folder`,
  );
}
