/** A customer table as a report tells it: what was found in it, and each column with its relation to churn. */
import { type ColumnOverview, columnOverview } from './column-overview.ts';
import type { Finding, Inspection } from './definition.ts';

export interface TableOverview {
  /** Rows that were looked at: of a large table evenly spaced ones. */
  readonly rows: number;
  readonly churned: number;
  readonly findings: readonly Omit<Finding, 'evidence'>[];
  /** Columns of the table beside target and id. */
  readonly columnCount: number;
  /** Those that rank customers best come first; of very many columns only so many. */
  readonly columns: readonly ColumnOverview[];
}

/** More columns than this are nothing that a person reads. */
export const mostColumns = 80;

/** `isPrivate`: columns whose values are nobody's business here; only their counts and figures are told. */
export function tableOverview(
  inspection: Inspection,
  findings: readonly Finding[],
  isPrivate: (name: string) => boolean = () => false,
): TableOverview {
  const { rowCount, churned, labels, columns } = inspection;
  const ranked = columns
    .map((column, at) => ({ column, at }))
    // Cross-fitted: one below a half is chance, not a column that ranks the other way round.
    .sort((a, b) => b.column.facts.auc - a.column.facts.auc || a.at - b.at)
    .slice(0, mostColumns);
  return {
    rows: rowCount,
    churned,
    findings: findings.map(({ code, severity, column, message }) => ({ code, severity, column, message })),
    columnCount: columns.length,
    columns: ranked.map(({ column }) => {
      const overview = columnOverview(column, labels);
      return isPrivate(column.name) ? { ...overview, spread: null, histogram: [], groups: [] } : overview;
    }),
  };
}
