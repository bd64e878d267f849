/** What a person reads of a model's judgement on other customers. */
import { countOf } from '../../base/text.ts';
import type { Contract } from '../../data/contract.ts';
import type { SegmentMetrics } from '../../evaluation/segments.ts';
import { fairnessSentence } from '../../report/fairness-words.ts';
import type { Evaluation } from '../../tasks/evaluate.ts';
import { fixed, formatInterval, formatTable, percent } from '../format.ts';
import { gateLines } from './gate.ts';
import { metricTable } from './metrics.ts';

/** More groups than this are shown only for columns that are about people or there to judge groups. */
const mostGroups = 12;

export function evaluateText(result: Evaluation, contract: Contract): string {
  const { model, metrics, data } = result;
  const where = data.part === 'holdout' ? ', the hold-out of its own source' : '';
  return [
    `${model.name} ${model.label} on ${countOf(metrics.rows, 'customer')}${where}:`,
    metricTable(metrics, result.further),
    ...certaintyLines(result),
    ...groupLines(result.segments, contract),
    ...(result.fairness.length > 0 ? [fairnessSentence(result.fairness)] : []),
    ...result.remarks,
    ...gateLines(result.gate),
  ].join('\n');
}

/** How many scores speak for themselves. */
function certaintyLines({ certainty }: Evaluation): string[] {
  if (certainty === null) return [];
  const { sure, coverage } = certainty;
  const covered = [
    ...(coverage.churn ? [`leavers ${percent(coverage.churn.value)}`] : []),
    ...(coverage.stay ? [`stayers ${percent(coverage.stay.value)}`] : []),
  ];
  return [
    `Sure of ${percent(sure.value)} of the scores; the true outcome was among the likely ones for ${covered.join(', ')}.`,
  ];
}

function groupLines(segments: readonly SegmentMetrics[], contract: Contract): string[] {
  if (segments.length === 0) return [];
  const shown =
    segments.length <= mostGroups ? segments : segments.filter(({ column }) => isForGroups(contract, column));
  const hidden = segments.length - shown.length;
  if (shown.length === 0)
    return [`Groups: ${hidden} with --json; of so many only personal columns and use: segment are printed.`];
  return [
    'Groups:',
    formatTable(
      ['group', 'customers', 'churned', 'ROC-AUC', '95% interval'],
      shown.map(({ column, level, rows, churnRate, metrics }) => [
        `${column} ${level === null ? 'missing' : `= ${level}`}`,
        String(rows),
        percent(churnRate.value),
        fixed(metrics.rocAuc.value, 3),
        formatInterval(metrics.rocAuc),
      ]),
      [1, 2, 3],
    ),
    ...(hidden > 0 ? [`  and ${countOf(hidden, 'group')} more with --json`] : []),
  ];
}

function isForGroups(contract: Contract, column: string): boolean {
  const rule = Object.hasOwn(contract.columns, column) ? contract.columns[column] : undefined;
  return rule?.personal === true || rule?.use === 'segment';
}
