/** What a person reads of a table held against its contract. */
import { countOf, listNames, printable } from '../../base/text.ts';
import type { Renamed } from '../../data/renamed.ts';
import type { Validation } from '../../tasks/validate.ts';
import { formatTable } from '../format.ts';

/** Missing columns with a line of their own. */
const mostLines = 20;

export function validateText(result: Validation): string {
  const { missingColumns, misplacedColumns, breaks } = result;
  const further = missingColumns.slice(mostLines).map(({ column }) => printable(column));
  return [
    result.valid
      ? `${countOf(result.rows, 'row')}, all as the contract says`
      : `${countOf(result.rows, 'row')}, the contract is broken:`,
    ...missingColumns
      .slice(0, mostLines)
      .map((one) => `  column ${printable(one.column)} is missing${renamedText(one)}`),
    ...(further.length > 0
      ? [`  ${countOf(further.length, 'column')} more missing: ${listNames(further)}`]
      : []),
    ...(missingColumns.some(({ nearest }) => nearest !== null)
      ? ['  rename the columns in the data; or write the new names into the project file and train again']
      : []),
    ...misplacedColumns.map(
      ({ column, looksLike }) =>
        `  column ${printable(column)} holds what ${printable(looksLike)} held in training; were the names swapped?`,
    ),
    ...(breaks.length > 0
      ? [
          formatTable(
            ['column', 'what', 'rows', 'first rows'],
            breaks.map((one) => [printable(one.column), one.reason, String(one.rows), one.first.join(', ')]),
            [2],
          ),
        ]
      : []),
    ...result.remarks.map((remark) => `  ${remark}`),
  ].join('\n');
}

/** Below this share values do not fit a name that looks right. */
const badFit = 0.6;

/** Whether it is there under another name, and what speaks for that. */
function renamedText({ nearest, by, fit }: Renamed): string {
  if (nearest === null) return '';
  const reason =
    by === 'contents'
      ? ' (by its values; the name says nothing)'
      : by === 'name and contents'
        ? ' (its values fit)'
        : fit !== null && fit < badFit
          ? ' (its values do not fit)'
          : '';
  return `; is it ${printable(nearest)}?${reason}`;
}
