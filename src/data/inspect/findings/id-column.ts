/** `id.column`: a column that names each customer, so that a model can only learn it by heart. */
import { printable } from '../../../base/text.ts';
import { isNamedLikeCounter, isNamedLikeId } from '../../names.ts';
import { defineFinding, type InspectedColumn } from '../definition.ts';

const leastRows = 50;
const uniqueShare = 0.98;
/** Longer texts are written by people. */
const longestId = 60;

export const idColumn = defineFinding({
  code: 'id.column',
  title: 'A column that names customers',
  severity: 'warn',
  about: 'Ids and row numbers do not repeat, so what is learned from them holds for no new customer.',
  look({ columns, rowCount }) {
    if (rowCount < leastRows) return [];
    return columns.flatMap((column) => {
      const { name, facts, use } = column;
      const present = rowCount - facts.missing;
      if (present < leastRows || facts.distinct < uniqueShare * present) return [];
      if (!isNaming(column, present)) return [];
      return [
        {
          column: name,
          severity: use === 'feature' ? ('block' as const) : ('note' as const),
          message: `${printable(name)}: ${facts.distinct} different values in ${present} rows, so it names customers and says nothing about them; set use: none, or make it the id`,
          evidence: { distinct: facts.distinct, rows: present },
        },
      ];
    });
  },
});

/** Whole numbers that never repeat are amounts now and then: they count as ids by name, or when they are long. */
function isNaming({ name, column, facts }: InspectedColumn, present: number): boolean {
  if (column.kind === 'text') return meanLength(column.values) <= longestId;
  if (column.kind === 'category') return true;
  if (column.kind !== 'number' || facts.whole < present) return false;
  const isCounter = facts.max! - facts.min! === present - 1;
  return (
    isCounter ||
    isNamedLikeId(name) ||
    isNamedLikeCounter(name) ||
    (facts.min! >= 100_000 && facts.distinct === present)
  );
}

function meanLength(values: readonly (string | null)[]): number {
  let length = 0;
  let count = 0;
  for (const value of values) {
    if (value === null) continue;
    length += value.length;
    count++;
  }
  return length / Math.max(1, count);
}
