/** What was found in the table before anything was learned from it. */
import type { Severity } from '../../data/inspect/definition.ts';
import { countOf } from '../format.ts';
import { type Html, html } from '../html.ts';
import { headCell, type Section, tableBox } from '../page-frame.ts';
import type { TrainingFacts } from '../training-facts.ts';

/** More than these are folded away. */
const openFindings = 10;

export const severityWords: Readonly<Record<Severity, string>> = {
  block: 'serious',
  warn: 'decide',
  note: 'to know',
};

/** Null for a model that was saved before findings were kept. */
export function findingsSection({ overview }: Pick<TrainingFacts, 'overview'>): Section | null {
  if (!overview) return null;
  const { findings } = overview;
  const rows = findings.map(
    ({ code, severity, column, message }) =>
      html`<tr><td>${badge(severity)}</td><th scope="row"><div class="name">${column ?? 'the table'}</div></th><td class="wide">${withoutName(message, column)} <code class="soft">${code}</code></td></tr>
`,
  );
  const table = (some: readonly Html[], label: string): Html =>
    tableBox(label, [headCell(''), headCell('Column'), headCell('Finding')], some, 'fold');
  const hidden = rows.slice(openFindings);
  const body = html`<div class="card stack"><p>${findingsSentence({ overview })}</p>${
    rows.length > 0 && table(rows.slice(0, openFindings), 'Findings')
  }${
    hidden.length > 0 &&
    html`<details><summary>${countOf(hidden.length, 'more finding')}</summary>${table(hidden, 'More findings')}</details>`
  }</div>`;
  return { id: 'findings', title: 'What was found in the data', shortTitle: 'Findings', body };
}

export function findingsSentence({
  overview,
}: {
  readonly overview: NonNullable<TrainingFacts['overview']>;
}): string {
  const { findings, rows, columnCount } = overview;
  const looked = `${countOf(rows, 'row')} and ${countOf(columnCount, 'column')} were looked at for leaks, faults and oddities`;
  if (findings.length === 0) return `${looked}: nothing was found.`;
  const serious = findings.filter(({ severity }) => severity !== 'note').length;
  return serious === 0
    ? `${looked}: ${countOf(findings.length, 'thing is', 'things are')} good to know, nothing serious.`
    : `${looked}: ${countOf(serious, 'thing wants', 'things want')} a decision before the model is relied on.`;
}

/** The sentence without the name that stands beside it. */
export const withoutName = (message: string, column: string | null): string =>
  column !== null && message.startsWith(`${column}: `) ? message.slice(column.length + 2) : message;

const badge = (severity: Severity): Html =>
  severity === 'note'
    ? html`<span class="soft small">${severityWords.note.replaceAll(' ', '\u00a0')}</span>`
    : html`<span class="${severity === 'block' ? 'bad-text' : 'mark-text'}">${severityWords[severity]}</span>`;
