/** How many customers a list to be scored is expected to have: as many as the table, of a back-test as many as its newest cutoff. */
import type { Contract } from '../../data/contract.ts';
import type { Dataset } from '../../table/dataset.ts';
import { namesOfRow } from '../labelled-customers.ts';

/** A back-test holds a customer once for each cutoff, a list is as of one. O(rows). */
export function listLength(
  { ids, table }: Pick<Dataset, 'ids' | 'table'>,
  { events }: Pick<Contract, 'events'>,
): number {
  if (events?.cutoffs === undefined || ids === null) return table.rowCount;
  const rowsOf = new Map<string, number>();
  for (const id of ids) {
    const day = namesOfRow(id).day ?? '';
    rowsOf.set(day, (rowsOf.get(day) ?? 0) + 1);
  }
  const newest = [...rowsOf.keys()].sort().at(-1)!;
  return rowsOf.get(newest)!;
}
