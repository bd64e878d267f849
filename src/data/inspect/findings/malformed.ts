/**
 * `malformed`: rows that are no customers: marks of a merge, a second header, a description under the header.
 *
 * A row is told when texts in it are the names of their columns, when a cell is a mark such as <<<<<<<, or when half of the
 * numbers and dates in it (at least two) cannot be read. Rows of another width, unclosed quotes and undecodable bytes are
 * refused when the file is opened (data.width, data.unreadable, data.encoding), with their lines.
 */
import { countOf } from '../../../base/text.ts';
import { defineFinding, type Inspection } from '../definition.ts';

const mostNamed = 5;
const unreadableShare = 0.5;

const causes = {
  conflict: 'holds marks of an unfinished merge',
  header: 'repeats the header',
  description: 'holds texts where numbers belong',
} as const;

export const malformed = defineFinding({
  code: 'malformed',
  title: 'Rows that are no customers',
  severity: 'warn',
  about: 'A second header or a description row turns number columns into text or adds a third outcome.',
  look(inspection) {
    const byRow = classify(inspection);
    return (['conflict', 'header', 'description'] as const).flatMap((what) => {
      const rows = [...byRow].filter(([, cause]) => cause === what).map(([row]) => row);
      if (rows.length === 0) return [];
      const [place, first] = inspection.rowsAre === 'lines' ? ['line', 2] : ['row', 1];
      const lines = rows.slice(0, mostNamed).map((row) => row + first);
      const more = rows.length > lines.length ? ` and ${rows.length - lines.length} more` : '';
      return [
        {
          column: null,
          message: `${countOf(rows.length, 'row')} (${place} ${lines.join(', ')}${more}) ${causes[what]}; delete ${rows.length === 1 ? 'it' : 'them'} from the file`,
          evidence: { what, rows: rows.length, lines },
        },
      ];
    });
  },
});

function classify({ oddRows, unreadable, columns, id }: Inspection): Map<number, keyof typeof causes> {
  const readable = columns.filter(
    ({ column }) => column.kind === 'number' || column.kind === 'time' || column.kind === 'boolean',
  ).length;
  const texts = columns.length - readable + (id === null ? 0 : 1);
  const failed = new Map<number, number>();
  for (const { row } of unreadable) failed.set(row, (failed.get(row) ?? 0) + 1);
  const named = new Map<number, number>();
  const causeOf = new Map<number, keyof typeof causes>();
  for (const { row, what } of oddRows) {
    if (what === 'conflict') causeOf.set(row, 'conflict');
    if (what === 'header') named.set(row, (named.get(row) ?? 0) + 1);
  }
  for (const [row, count] of named) {
    if (count >= Math.max(2, texts / 2) || (count >= 1 && (failed.get(row) ?? 0) >= 2))
      causeOf.set(row, 'header');
  }
  for (const [row, count] of failed) {
    if (count >= 2 && count >= unreadableShare * readable && !causeOf.has(row))
      causeOf.set(row, 'description');
  }
  // A target that holds something else in one row: told when nothing else explains the row.
  for (const { row, what } of oddRows)
    if (what === 'target' && !causeOf.has(row)) causeOf.set(row, 'description');
  return new Map([...causeOf].sort(([a], [b]) => a - b));
}
