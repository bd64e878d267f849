/** What was done with the data: how it was cut, what was left out and why, what else to know. */
import { count, percent } from '../format.ts';
import { type Html, html } from '../html.ts';
import { headCell, type Section, tableBox } from '../page-frame.ts';
import { calibrationSentence, validationUse } from '../plain-words.ts';
import { partingSentence, rowsTitle } from '../selection-words.ts';
import type { TrainingFacts } from '../training-facts.ts';

export function dataSection(facts: TrainingFacts): Section {
  const { source, target, parts, leftOut, model } = facts;
  const found = new Set(facts.overview?.findings.map(({ message }) => message));
  const notes = facts.notes.filter(({ message }) => !found.has(message));
  const partRow = (name: string, use: string, part: TrainingFacts['parts']['training']): Html =>
    html`<tr><th scope="row">${name}</th><td class="n">${count(part.rows)}</td><td class="n">${percent(part.churnRate)}</td><td class="wide">${use}</td></tr>
`;
  const body = html`<div class="grid">
<div class="card stack whole full"><h3>How the customers were divided</h3>
${tableBox(
  'Parts of the data',
  [headCell('Part'), headCell(rowsTitle(facts), 'number'), headCell('Left', 'number'), headCell('Used for')],
  [
    partRow('Training', 'comparing candidates in folds, fitting the winner', parts.training),
    partRow('Validation', validationUse(facts), parts.validation),
    partRow('Hold-out', 'every figure of this report, once', parts.holdout),
  ],
)}
<p class="soft small">${count(source.rows)} rows with ${count(source.columns)} columns of <code>${source.name}</code>. ${partingSentence(facts)} A customer counts as a leaver when <code>${target.column}</code> is <code>${target.churned}</code>.</p></div>
<div class="card stack"><h3>What the pipeline learned</h3><p>${model.learned}</p><p>${calibrationSentence(facts)}</p></div>
<div class="card stack"><h3>Left out</h3>${
    leftOut.length > 0
      ? tableBox(
          'Columns left out',
          [headCell('Column'), headCell('Reason')],
          leftOut.map(
            ({ column, reason }) =>
              html`<tr><th scope="row"><div class="name">${column}</div></th><td>${reason}</td></tr>
`,
          ),
        )
      : html`<p>Every column of the contract is used.</p>`
  }</div>
<div class="card stack full"><h3>Notes</h3>${
    notes.length > 0
      ? html`<ul class="plain">${notes.map(({ code, message }) => html`<li>${message} <code class="soft">${code}</code></li>`)}</ul>`
      : html`<p>Nothing was repaired, dropped or left unfinished.</p>`
  }</div>
</div>`;
  return { id: 'data', title: 'Data and decisions', shortTitle: 'Data', body };
}
