/** What a person reads of a table held against its contract. */
import { countOf, listNames, printable } from '../../base/text.ts';
import type { Validation } from '../../tasks/validate.ts';
import { formatTable } from '../format.ts';

/** Missing columns with a line of their own. */
const mostLines = 20;

export function validateText(result: Validation): string {
  const { missingColumns, breaks } = result;
  const further = missingColumns.slice(mostLines).map(({ column }) => printable(column));
  return [
    result.valid
      ? `${countOf(result.rows, 'row')}, all as the contract says`
      : `${countOf(result.rows, 'row')}, the contract is broken:`,
    ...missingColumns
      .slice(0, mostLines)
      .map(
        ({ column, nearest }) =>
          `  column ${printable(column)} is missing${nearest === null ? '' : `; is it ${printable(nearest)}?`}`,
      ),
    ...(further.length > 0
      ? [`  ${countOf(further.length, 'column')} more missing: ${listNames(further)}`]
      : []),
    ...(breaks.length > 0
      ? [
          formatTable(
            ['column', 'what', 'rows', 'first rows'],
            breaks.map((one) => [one.column, one.code, String(one.rows), one.first.join(', ')]),
            [2],
          ),
        ]
      : []),
    ...result.remarks.map((remark) => `  ${remark}`),
  ].join('\n');
}
