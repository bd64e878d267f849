/** `duplicate.id`: customers who stand in the table more than once. */
import { countOf, printable } from '../../../base/text.ts';
import { isNamedLikeId } from '../../names.ts';
import { defineFinding, type Inspection } from '../definition.ts';
import { rowText } from '../wording.ts';

/** A column named like an id is one when so many of its values are different; else it is a key of something else. */
const idShare = 0.9;

export const duplicateId = defineFinding({
  code: 'duplicate.id',
  title: 'Customers who stand there twice',
  severity: 'warn',
  about: 'A customer in training and in the hold-out makes every figure too good.',
  look(inspection) {
    return candidates(inspection).flatMap(({ name, keys }) => {
      const seen = new Set<string | number>();
      let repeated = 0;
      let missing = 0;
      let first = -1;
      keys.forEach((key, row) => {
        if (key === null) missing++;
        else if (seen.has(key)) repeated++;
        else {
          seen.add(key);
          return;
        }
        if (first < 0) first = row;
      });
      const rows = repeated + Math.max(0, missing - 1);
      if (rows === 0 || seen.size < idShare * inspection.rowCount) return [];
      const parts = [
        ...(repeated > 0 ? [`${repeated} repeat that of an earlier row`] : []),
        ...(missing > 0 ? [`${missing} are empty`] : []),
      ];
      return [
        {
          column: name,
          message: `${printable(name)}: ${countOf(rows, 'row')} more than there are different ids (${parts.join(', ')}), first ${rowText(first, inspection)}; keep one row a customer with clean: drop-missing and deduplicate`,
          evidence: { rows, repeated, missing, firstRow: first },
        },
      ];
    });
  },
});

type Keys = { readonly name: string; readonly keys: readonly (string | number | null)[] };

function candidates({ id, columns, rowCount }: Inspection): Keys[] {
  const named = columns.flatMap(({ name, column, facts }): Keys[] => {
    if (!isNamedLikeId(name) || facts.distinct < idShare * rowCount) return [];
    if (column.kind === 'text') return [{ name, keys: column.values }];
    if (column.kind !== 'number') return [];
    return [{ name, keys: Array.from(column.values, (value) => (Number.isNaN(value) ? null : value)) }];
  });
  return [...(id === null ? [] : [{ name: id.name, keys: id.values }]), ...named];
}
