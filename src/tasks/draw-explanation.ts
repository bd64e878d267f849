/** One customer's explanation as a picture (SVG) or a page (HTML), each a file of its own. */
import { extname } from 'node:path';
import type { Contract } from '../data/contract.ts';
import { sayQuantity } from '../explain/reasons.ts';
import { chartFile } from '../report/chart-file.ts';
import { type WaterfallFacts, waterfallChart } from '../report/charts/waterfall.ts';
import { type ExplanationFacts, writeExplanationPage } from '../report/explanation-page.ts';
import type { Explanation } from './explain.ts';
import type { ExplainedColumn } from './explain-row.ts';

/** What the name of the file asks for: a page for .html, else the picture. */
export const explanationFile = (path: string, explained: Explanation, contract: Contract): Promise<string> =>
  ['.html', '.htm'].includes(extname(path).toLowerCase())
    ? writeExplanationPage(explanationFacts(explained, contract))
    : drawExplanation(explained, contract);

export const drawExplanation = (explained: Explanation, contract: Contract): Promise<string> =>
  chartFile(waterfallChart(waterfallFacts(explained, contract)));

function waterfallFacts({ attribution, churnProbability }: Explanation, contract: Contract): WaterfallFacts {
  const { link, base, baseProbability, columns } = attribution;
  return {
    link,
    base,
    baseProbability,
    probability: churnProbability,
    parts: columns.map((column) => ({
      label: `${column.column}: ${valueText(column, contract)}`,
      contribution: column.contribution,
    })),
  };
}

function explanationFacts(explained: Explanation, contract: Contract): ExplanationFacts {
  const { customer, model, churn, threshold, band, certainty, attribution, reasons, remarks } = explained;
  const { counterfactuals } = explained;
  const say = (column: string, value: ExplainedColumn['value']): string =>
    valueText({ column, value }, contract);
  return {
    customer: customer.id ?? `Row ${customer.row}`,
    model,
    churn,
    threshold,
    band,
    certainty,
    waterfall: waterfallFacts(explained, contract),
    isExact: attribution.method === 'exact-shap',
    columns: attribution.columns.map(({ column, value, contribution, standardError }) => ({
      column,
      value: say(column, value),
      contribution,
      standardError,
    })),
    reasons: reasons.map(({ text }) => text),
    counterfactuals: counterfactuals && {
      target: counterfactuals.target,
      caution: counterfactuals.caution,
      reason: counterfactuals.reason,
      answers: counterfactuals.answers.map(({ changes, score }) => ({
        score,
        changes: changes
          .map(({ column, from, to }) => `${column} ${say(column, to)} instead of ${say(column, from)}`)
          .join(' and '),
      })),
    },
    remarks,
  };
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
