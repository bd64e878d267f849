import { ColumnError } from '../../base/errors.ts';
import { printable } from '../../base/text.ts';
import type { Table } from '../../table/table.ts';

/** Throws `column.not-finite` for the first number or boolean column with a missing or infinite value. O(values). */
export function refuseGaps(who: string, table: Table): void {
  for (const column of table.columns) {
    if (column.kind !== 'number' && column.kind !== 'boolean') continue;
    let gaps = 0;
    for (const value of column.values) {
      // x - x is 0 for every finite number and NaN for the others; a missing boolean is -1.
      if (value - value !== 0 || (column.kind === 'boolean' && value < 0)) gaps++;
    }
    if (gaps === 0) continue;
    throw new ColumnError(
      'column.not-finite',
      `${who}: column ${printable(column.name)} is missing or infinite in ${gaps} of ${table.rowCount} rows; impute it before`,
      { who, column: column.name, rows: gaps },
    );
  }
}
