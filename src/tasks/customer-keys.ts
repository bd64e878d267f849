/** What identifies a customer for the hash filter: the id, or without one the contents of the row. */
import { sha256 } from '../base/hash.ts';
import { trimmed } from '../data/cells.ts';
import { byCodeUnit, valueAt } from '../table/column.ts';
import type { Dataset } from '../table/dataset.ts';
import { namesOfRow, rowName } from './labelled-customers.ts';

/** Blanks around an id are no part of it, as they are none of any other value. */
export function idKey(id: string): string {
  const { customer, day } = namesOfRow(id);
  return `id:${day === null ? trimmed(id) : rowName(trimmed(customer), day)}`;
}

/**
 * One key a row, in row order. A row's key holds a hash of its values, not the values, and does not depend on the
 * order of the columns: a saved contract has another than the project file.
 */
export function* customerKeys(data: Dataset, of: 'id' | 'row'): Generator<string> {
  const columns = [...data.table.columns].sort((a, b) => byCodeUnit(a.name, b.name));
  for (let row = 0; row < data.table.rowCount; row++) {
    if (of === 'id' && data.ids) yield idKey(data.ids[row]!);
    else yield `row:${sha256(JSON.stringify(columns.map((column) => [column.name, valueAt(column, row)])))}`;
  }
}
