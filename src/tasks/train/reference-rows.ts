/**
 * The training rows that are kept beside a model, for looking into a change that the reference profile only counts: at most
 * 10,000, drawn by the seed, without id, outcome and personal columns. `reference: profile-only` keeps none.
 */
import type { Random } from '../../base/random.ts';
import type { Contract } from '../../data/contract.ts';
import { sampleWithoutReplacement } from '../../math/sampling.ts';
import { selectColumns, type Table, takeRows } from '../../table/table.ts';

/** At most this many rows are kept. */
export const mostReferenceRows = 10_000;

/** The rows in their order; null when every column is personal. */
export function referenceRows(
  table: Table,
  columns: Contract['columns'],
  random: Random,
  most = mostReferenceRows,
): Table | null {
  const names = table.columns.map(({ name }) => name).filter((name) => !columns[name]?.personal);
  if (names.length === 0) return null;
  const chosen = selectColumns(table, names);
  if (chosen.rowCount <= most) return chosen;
  return takeRows(chosen, sampleWithoutReplacement(random, chosen.rowCount, most));
}
