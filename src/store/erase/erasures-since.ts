/** Which customers a database erased after a moment: a backup of before brings them back. */
import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { erasedEvent } from './erase-customer.ts';

export interface EarlierErasure {
  /** Epoch milliseconds. */
  readonly at: number;
  /** `customer:` and the beginning of the hash that its certificate names. */
  readonly subject: string;
}

/** Of a SQLite file that nobody uses any more; nothing of one that is missing, damaged or of other tables. */
export function erasuresSince(path: string, since: number): readonly EarlierErasure[] {
  if (!existsSync(path)) return [];
  try {
    const file = new DatabaseSync(path, { readOnly: true });
    try {
      const rows = file
        .prepare('select at, subject from history where event = ? and at > ? order by position')
        .all(erasedEvent, since);
      return rows.map(({ at, subject }) => ({ at: Number(at), subject: String(subject) }));
    } finally {
      file.close();
    }
  } catch {
    // It was moved aside because it could not be used, maybe: the restore has worked all the same.
    return [];
  }
}
