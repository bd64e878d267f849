/**
 * Is the model as good for every kind of customer? The levels of chosen columns, each measured on its own.
 *
 * A level is judged when it has at least 50 rows and both outcomes: with fewer an interval says nothing. Customers
 * whose value is missing are a level of their own, `level: null`. Cost: O(rows log rows) a column.
 */
import type { Random } from '../base/random.ts';
import { requireColumn, type Table } from '../table/table.ts';
import { groupsOf } from './groups.ts';
import { type MetricValue, shareOf } from './interval.ts';
import { type Measures, measureSample } from './measure.ts';
import { recall } from './metrics/recall.ts';
import { rocAuc } from './metrics/roc-auc.ts';
import { prepareSample } from './sample.ts';

export interface SegmentMetrics {
  readonly column: string;
  readonly level: string | boolean | null;
  readonly rows: number;
  readonly churnRate: MetricValue;
  /** `selectionRate` is the share called churners; it is neither good nor bad by itself. */
  readonly metrics: Measures<'rocAuc' | 'recall' | 'selectionRate'>;
}

export const smallestSegment = 50;

/** The columns that have levels. */
export const segmentColumns = (table: Table): string[] =>
  table.columns
    .filter((column) => column.kind === 'category' || column.kind === 'boolean')
    .map((column) => column.name);

/**
 * Measures each level of the named columns, by default of all that have levels; in the order of names and levels,
 * missing last.
 */
export function measureSegments(
  table: Table,
  labels: Uint8Array,
  scores: Float64Array,
  threshold: number,
  random: Random,
  columns: readonly string[] = segmentColumns(table),
): SegmentMetrics[] {
  return columns.flatMap((name) => {
    const column = requireColumn('segments', table, name, 'category', 'boolean');
    return groupsOf(column).flatMap(({ level, rows }): SegmentMetrics[] => {
      const labelsHere = Uint8Array.from(rows, (row) => labels[row]!);
      const churned = labelsHere.reduce((sum, label) => sum + label, 0);
      if (rows.length < smallestSegment || churned === 0 || churned === rows.length) return [];
      const scoresHere = Float64Array.from(rows, (row) => scores[row]!);
      const sample = prepareSample(labelsHere, scoresHere, threshold, null, 'segments');
      const measured = measureSample(sample, random.fork(name).fork(String(level)), [rocAuc, recall]);
      return [
        {
          column: name,
          level,
          rows: rows.length,
          churnRate: shareOf(churned, rows.length),
          metrics: { ...measured, selectionRate: shareOf(sample.selected, rows.length) },
        },
      ];
    });
  });
}
