/** Draws one customer's explanation as an SVG file of its own. */
import type { Contract } from '../data/contract.ts';
import { sayQuantity } from '../explain/reasons.ts';
import { chartFile } from '../report/chart-file.ts';
import { waterfallChart } from '../report/charts/waterfall.ts';
import type { ExplainedColumn, Explanation } from './explain.ts';

export function drawExplanation(
  { attribution, churnProbability }: Explanation,
  contract: Contract,
): Promise<string> {
  const { link, base, baseProbability, columns } = attribution;
  return chartFile(
    waterfallChart({
      link,
      base,
      baseProbability,
      probability: churnProbability,
      parts: columns.map((column) => ({
        label: `${column.column}: ${valueText(column, contract)}`,
        contribution: column.contribution,
      })),
    }),
  );
}

/** A customer's value as a person reads it, with its unit. */
export function valueText(
  { column, value }: Pick<ExplainedColumn, 'column' | 'value'>,
  contract: Contract,
): string {
  const rule = contract.columns[column];
  if (value === null) return 'not known';
  if (typeof value === 'number') return sayQuantity(value, rule?.unit);
  return rule?.kind === 'time' ? String(value).slice(0, 10) : String(value);
}
