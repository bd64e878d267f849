/** Rows with what belongs to them: labels, weights, ids, the reference date. They travel together or not at all. */
import { type Table, takeRows } from './table.ts';

export interface Dataset {
  readonly table: Table;
  /** 1 = churned, 0 = stayed, one a row. */
  readonly labels: Uint8Array;
  /** How often each row counts; null = once each. */
  readonly weights: Float64Array | null;
  /** Customer ids as the source wrote them; null without an id column. */
  readonly ids: readonly string[] | null;
  /** Codes from 0: rows of one group are never parted by splits and folds; null where nothing groups them. */
  readonly groups: Int32Array | null;
  /** When each row was looked at, epoch milliseconds, for splits by time; null where nothing says. */
  readonly times: Float64Array | null;
  /** "Now" for every date feature, epoch milliseconds UTC; null when the data has no dates. */
  readonly referenceDate: number | null;
}

export function createDataset(
  table: Table,
  labels: ArrayLike<number>,
  more: Partial<Omit<Dataset, 'table' | 'labels'>> = {},
): Dataset {
  if (labels.length !== table.rowCount) {
    throw new RangeError(`data set: ${labels.length} labels for ${table.rowCount} rows`);
  }
  return {
    table,
    labels: Uint8Array.from(labels),
    weights: more.weights ?? null,
    ids: more.ids ?? null,
    groups: more.groups ?? null,
    times: more.times ?? null,
    referenceDate: more.referenceDate ?? null,
  };
}

/** The chosen rows with all that belongs to them. */
export function takeDatasetRows(dataset: Dataset, rows: ArrayLike<number>): Dataset {
  return {
    table: takeRows(dataset.table, rows),
    labels: Uint8Array.from(rows, (row) => dataset.labels[row]!),
    weights: dataset.weights && Float64Array.from(rows, (row) => dataset.weights![row]!),
    ids: dataset.ids && Array.from(rows, (row) => dataset.ids![row]!),
    groups: dataset.groups && Int32Array.from(rows, (row) => dataset.groups![row]!),
    times: dataset.times && Float64Array.from(rows, (row) => dataset.times![row]!),
    referenceDate: dataset.referenceDate,
  };
}

/** The same rows described by other columns. */
export const withTable = (dataset: Dataset, table: Table): Dataset => ({ ...dataset, table });

/** How many rows churned. */
export function churnedCount(labels: Uint8Array): number {
  let count = 0;
  for (let row = 0; row < labels.length; row++) count += labels[row]!;
  return count;
}
