/**
 * `missing.together`: columns that are missing in the same rows, as when one of two joined tables had no such customer.
 *
 * Reported for at least 10 rows and 0.5% of them, when the sets of rows are equal but for 2%. Columns are sorted by how
 * much they miss, so only neighbours of similar size are compared. O(rows x columns).
 */
import { printable } from '../../../base/text.ts';
import { isMissing } from '../../../table/column.ts';
import { defineFinding, type InspectedColumn, type Sighting } from '../definition.ts';
import { groupText } from '../wording.ts';

const leastShare = 0.005;
const leastRows = 10;
const apart = 0.02;
const mostColumns = 200;

export const missingTogether = defineFinding({
  code: 'missing.together',
  title: 'Missing in the same rows',
  severity: 'note',
  about:
    'Columns that are missing together come from one source, and that it had no such customer is one fact, not many.',
  look({ columns, rowCount }) {
    const least = Math.max(leastRows, leastShare * rowCount);
    const some = columns
      .filter(({ facts }) => facts.missing >= least && facts.missing < rowCount)
      .slice(0, mostColumns)
      .sort((a, b) => a.facts.missing - b.facts.missing);
    const grouped = new Set<InspectedColumn>();
    return some.flatMap((first, i): Sighting[] => {
      if (grouped.has(first)) return [];
      const group = [first];
      for (const other of some.slice(i + 1)) {
        if (other.facts.missing > first.facts.missing * (1 + apart)) break;
        if (!grouped.has(other) && isTogether(first, other, rowCount)) group.push(other);
      }
      if (group.length < 2) return [];
      for (const column of group) grouped.add(column);
      const names = group.map(({ name }) => name);
      return names.map((name) => ({
        column: name,
        message: `${printable(name)}: missing in the same ${first.facts.missing} rows as others${groupText(name, names)}; find out which source had no such customers`,
        evidence: { rows: first.facts.missing, group: names },
      }));
    });
  },
});

function isTogether(a: InspectedColumn, b: InspectedColumn, rows: number): boolean {
  let both = 0;
  for (let row = 0; row < rows; row++) if (isMissing(a.column, row) && isMissing(b.column, row)) both++;
  return a.facts.missing + b.facts.missing - 2 * both <= apart * both;
}
