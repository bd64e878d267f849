/** What a person reads of a table that was looked over: findings first, then every column in a line. */
import { countOf, listNames, printable } from '../../base/text.ts';
import type { ColumnReport, InspectReport, ScoreReport } from '../../tasks/inspect.ts';
import { formatTable, percent } from '../format.ts';

const headings = { block: 'Blocks', warn: 'Warnings', note: 'Notes' } as const;
/** Columns with a line of their own. */
const mostColumns = 100;

export function inspectText(report: InspectReport): string {
  const { rows, churnRate, columns, findings, score } = report;
  const shown = columns.slice(0, mostColumns);
  return [
    `${countOf(rows, 'customer')}, ${countOf(columns.length, 'column')}; ${percent(churnRate)} churned`,
    ...(['block', 'warn', 'note'] as const).flatMap((severity) => {
      const some = findings.filter((finding) => finding.severity === severity);
      return some.length === 0
        ? []
        : [`${headings[severity]}:`, ...some.map(({ code, message }) => `  ${message} [${code}]`)];
    }),
    ...(findings.length === 0 ? ['Nothing found that is wrong.'] : []),
    ...(score === null ? [] : scoreLines(score)),
    formatTable(
      ['column', 'kind', 'use', 'missing', 'distinct', 'effect', 'AUC'],
      shown.map((column) => [
        printable(column.name),
        column.kind,
        column.use,
        String(column.missing),
        String(column.distinct),
        effectText(column),
        column.auc === null ? '' : column.auc.toFixed(3),
      ]),
      [3, 4, 6],
    ),
    ...(columns.length > shown.length
      ? [`${countOf(columns.length - shown.length, 'column')} more; see --json`]
      : []),
  ].join('\n');
}

function scoreLines({ all, without, rows }: ScoreReport): string[] {
  return [
    `ROC-AUC of a logistic regression on ${countOf(rows, 'row')}: ${all.toFixed(3)} with all columns`,
    ...without.map(
      ({ columns, score }) => `  ${score.toFixed(3)} without ${listNames(columns.map(printable), 8)}`,
    ),
  ];
}

function effectText({ cohensD, cramersV }: ColumnReport): string {
  if (cohensD !== null) return `d ${cohensD.toFixed(2)}`;
  return cramersV === null ? '' : `V ${cramersV.toFixed(2)}`;
}
