/** What a person reads of a table that was looked over: findings first, then every column in a line. */
import { countOf, listNames, printable } from '../../base/text.ts';
import type { Finding } from '../../data/inspect/definition.ts';
import { groupText } from '../../data/inspect/wording.ts';
import type { ColumnReport, InspectReport, ScoreReport } from '../../tasks/inspect.ts';
import { formatTable, percent } from '../format.ts';

const headings = { block: 'Blocks', warn: 'Warnings', note: 'Notes' } as const;
/** Columns with a line of their own. */
const mostColumns = 100;

export function inspectText(report: InspectReport): string {
  const { rows, churnRate, notes, columns, findings, score } = report;
  const shown = columns.slice(0, mostColumns);
  return [
    `${countOf(rows, 'customer')}, ${countOf(columns.length, 'column')}; ${percent(churnRate)} churned`,
    ...notes.map((note) => `  ${note}`),
    ...(['block', 'warn', 'note'] as const).flatMap((severity) => {
      const some = findings.filter((finding) => finding.severity === severity);
      return some.length === 0 ? [] : [`${headings[severity]}:`, ...findingLines(some)];
    }),
    ...(findings.length === 0 ? ['Nothing found that is wrong.'] : []),
    ...(score === null ? [] : scoreLines(score)),
    formatTable(
      ['column', 'kind', 'use', 'missing', 'zero', 'distinct', 'median', 'effect', 'AUC'],
      shown.map((column) => [
        printable(column.name),
        column.kind,
        column.use,
        shareText(column.missing, rows),
        column.zeros === null ? '' : shareText(column.zeros, column.count),
        String(column.distinct),
        medianText(column.median),
        effectText(column),
        column.auc === null ? '' : column.auc.toFixed(3),
      ]),
      [3, 4, 5, 6, 8],
    ),
    ...(columns.length > shown.length
      ? [`${countOf(columns.length - shown.length, 'column')} more; see --json`]
      : []),
  ].join('\n');
}

/** Columns of which the same is said share a line, at the place of the first. */
function findingLines(findings: readonly Finding[]): string[] {
  const alike = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.code, withoutNames(finding)]);
    alike.set(key, [...(alike.get(key) ?? []), finding]);
  }
  return [...alike.values()].map((some) => {
    const [first] = some;
    if (some.length === 1) return `  ${first!.message} [${first!.code}]`;
    const names = listNames(
      some.map(({ column }) => printable(column!)),
      8,
    );
    return `  ${names}: ${withoutNames(first!)} [${first!.code}]`;
  });
}

/** The message without its column and the others of its group. */
function withoutNames({ column, message, evidence }: Finding): string {
  if (column === null) return message;
  const { group } = { group: [], ...(evidence as object | null) } as { readonly group: readonly string[] };
  return message.slice(printable(column).length + 2).replace(groupText(column, group), '');
}

const shareText = (count: number, of: number): string =>
  count === 0 ? '' : count < 0.0005 * of ? '<0.1%' : percent(count / of);

const medianText = (median: number | string | null): string =>
  typeof median === 'number' ? String(Number(median.toPrecision(4))) : (median ?? '');

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
