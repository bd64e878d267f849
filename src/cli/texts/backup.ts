/** What a person reads of a backup and of what was brought back. */
import { countOf } from '../../base/text.ts';
import type { BackupFacts, RestoreSummary } from '../../store/backup/restore-backup.ts';
import type { BackupSummary } from '../../store/backup/write-backup.ts';
import type { EarlierErasure } from '../../store/erase/erasures-since.ts';
import { programName, shellWord, shownPath } from '../format.ts';
import { shownTime } from './models.ts';

export const backupText = (file: string, made: BackupSummary): string =>
  [
    `${shownPath(file)}: ${contents(made)}, ${size(made.bytes)}`,
    `  sha256 ${made.sha256}`,
    `Check it where you keep it: ${programName()} restore ${shellWord(shownPath(file))} --check`,
  ].join('\n');

export const checkedText = (file: string, facts: BackupFacts): string =>
  [
    `${shownPath(file)}: whole; every part is as it was saved`,
    `  ${contents(facts)}, ${size(facts.bytes)} unpacked`,
    `  ${origin(facts)}`,
  ].join('\n');

export function restoredText(file: string, restored: RestoreSummary, isOwnFolder: boolean): string {
  const { root, database, movedTo, migrated, history } = restored;
  const where = database === 'postgres' ? 'PostgreSQL and ' : '';
  const lines = [
    `${where}${shownPath(root)}: ${contents(restored)} of ${shownPath(file)}`,
    `  ${origin(restored)}`,
  ];
  if (migrated.length > 0 && restored.migrations.length > 0)
    lines.push(`  brought to this version by ${countOf(migrated.length, 'step')}`);
  lines.push(
    history.brokenAt === null
      ? `  history verified: ${countOf(history.entries, 'entry', 'entries')}`
      : `  HISTORY BROKEN at entry ${history.brokenAt}: it was altered before the backup was made`,
  );
  if (movedTo !== null) lines.push(`  what was there is now in ${shownPath(movedTo)}`);
  if (isOwnFolder) lines.push(`Use it: HOLDFAST_HOME=${shellWord(root)} ${programName()} doctor`);
  return lines.join('\n');
}

/** They asked to be forgotten, and the backup did not know it yet. */
export const erasedAgainText = (erased: readonly EarlierErasure[]): string =>
  [
    `${countOf(erased.length, 'erasure')} made after this backup ${erased.length === 1 ? 'is' : 'are'} undone by it. Erase these customers again (${programName()} erase --customer ID --yes); their certificates are of`,
    ...erased.map(({ at, subject }) => `  ${shownTime(at)}  ${subject}`),
  ].join('\n');

const contents = ({
  tables,
  rows,
  files,
}: {
  readonly tables: number;
  readonly rows: number;
  readonly files: number;
}): string => `${countOf(rows, 'row')} of ${countOf(tables, 'table')}, ${countOf(files, 'file')}`;

const origin = ({ created, holdfast, engine }: BackupFacts): string =>
  `made ${created} by Holdfast ${holdfast} from ${engine === 'postgres' ? 'PostgreSQL' : 'SQLite'}`;

function size(bytes: number): string {
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(1)} kB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
}
