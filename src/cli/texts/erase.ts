/** What a person reads of an erased customer, and of what became too old. */
import { countOf } from '../../base/text.ts';
import type { ErasedPlace } from '../../store/erase/erase-customer.ts';
import type { Certificate } from '../../store/erase/erase-everywhere.ts';
import { formatTable } from '../format.ts';
import { shownTime } from './models.ts';

/** Files that are told one by one. */
const mostShown = 20;

export function foundText(places: readonly ErasedPlace[]): string {
  const found = places.filter(({ rows }) => rows > 0);
  if (found.length === 0) return 'Nothing found: no row of the database names this customer.';
  return [
    'This customer would be removed:',
    ...placeLines(found),
    'Nothing was changed. Give --yes to do it.',
  ].join('\n');
}

export function certificateText(certificate: Certificate): string {
  const { erasedAt, by, database, customer, places, found, remains, files, history } = certificate;
  return [
    `Certificate of erasure, ${shownTime(Date.parse(erasedAt))}, by ${by}`,
    `  database   ${database.place} (${database.engine === 'postgres' ? 'PostgreSQL' : 'SQLite'})`,
    `  customer   ${customer.hash}`,
    `             salt ${customer.salt}; ${customer.method}`,
    `  history    entry ${history.position}, ${history.hash}`,
    ...(found ? ['Removed:', ...placeLines(places)] : ['Nothing found: no row named this customer.']),
    ...remainsLines(remains, places),
    ...fileLines(files),
    'Backups elsewhere that were made before hold what they held. Restored, they bring the customer back: erase again then.',
  ].join('\n');
}

const placeLines = (places: readonly ErasedPlace[]): string[] =>
  places.map(({ rows, about }) => `  ${String(rows).padStart(7)}  ${about}`);

function remainsLines(
  { isRewritten, isLogEmpty, isTextLeft, vacuumed }: Certificate['remains'],
  places: readonly ErasedPlace[],
): string[] {
  if (vacuumed.length > 0)
    return [
      `${countOf(vacuumed.length, 'table')} vacuumed. Unused space of the server's files, its write-ahead log and replicas keep remains until the server writes over them.`,
    ];
  return [
    isRewritten
      ? 'The database file was written anew, without anything deleted.'
      : 'Deleted values are overwritten in the database file, and its bytes hold this id nowhere.',
    ...(isLogEmpty
      ? []
      : [
          'NOT DONE: another process kept the write-ahead log in use, which may hold remains. Run this again.',
        ]),
    ...(isTextLeft
      ? [
          places.some(({ rows }) => rows > 0)
            ? 'The text of the id still stands in the file: as part of other values, or logged again since.'
            : 'The text of the id stands in the file, as part of other values.',
        ]
      : []),
  ];
}

function fileLines({
  named,
  backups,
  packed,
  unreadable,
  searched,
  isCutShort,
}: Certificate['files']): string[] {
  return [
    `${countOf(searched, 'file')} searched in the workspace and beside the project file${isCutShort ? ', and there are more: look there too' : ''}.`,
    ...listed(
      'They name the customer, and are yours to change or remove:',
      named.map(({ path, lines }) => [path, lines === null ? 'binary' : countOf(lines, 'line')]),
    ),
    ...listed(
      'Backups made before, which may hold the customer:',
      backups.map(({ path, created }) => [path, `made ${created}`]),
    ),
    ...listed(
      'Packed, so not searched:',
      packed.map((path) => [path]),
    ),
    ...listed(
      'Could not be read:',
      unreadable.map((path) => [path]),
    ),
  ];
}

function listed(heading: string, rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const [first] = rows;
  const more = rows.length > mostShown ? [`  and ${rows.length - mostShown} more; --json tells all`] : [];
  return [
    heading,
    formatTable(
      first!.map(() => ''),
      rows.slice(0, mostShown),
    ).replace(/^.*\n/, ''),
    ...more,
  ];
}
