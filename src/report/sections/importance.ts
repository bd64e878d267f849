/** Which columns the model leans on. */
import { importanceChart, mostBars } from '../charts/importance.ts';
import { embedChart } from '../draw-chart.ts';
import { decimal, listed } from '../format.ts';
import { type Html, html } from '../html.ts';
import { figure, headCell, type Section, tableBox } from '../page-frame.ts';
import { strongestColumns } from '../plain-words.ts';
import type { TrainingFacts } from '../training-facts.ts';

export async function importanceSection(facts: TrainingFacts): Promise<Section> {
  const { importance, holdout } = facts;
  const strongest = strongestColumns(facts);
  const words = html`<div class="card stack"><h3>How to read it</h3>
<p>${
    strongest.length > 0
      ? html`Each column of the hold-out was shuffled in turn, and ROC-AUC (${decimal(holdout.rocAuc.value)} untouched) measured again. Most is lost without ${listed(strongest)}.`
      : 'Each column of the hold-out was shuffled in turn, and ROC-AUC measured again. No column makes a difference that stands out from its own spread.'
  }</p>
<p>Columns that carry the same information stand in for each other, and each may then look small. A bar that does not clearly pass the thin line of its spread may be luck.</p>
<p><strong>Associated, not caused:</strong> changing such a column for a customer need not keep the customer.</p></div>`;
  if (!importance.some(({ value }) => value !== 0)) return section(words);
  const rest = importance.slice(mostBars);
  const drawn = figure(
    await embedChart(importanceChart(facts)),
    rest.length > 0 ? `The ${mostBars} most important columns` : 'Importance of columns',
    'Fall of ROC-AUC when the column is shuffled; the line is one standard deviation over repeats.',
  );
  const table = tableBox(
    'Importance of all columns',
    [headCell('Column'), headCell('Fall of ROC-AUC', 'number'), headCell('± sd', 'number')],
    importance.map(
      ({ column, value, sd }) =>
        html`<tr><th scope="row"><div class="name">${column}</div></th><td class="n">${decimal(value, 4)}</td><td class="n">${decimal(sd, 4)}</td></tr>
`,
    ),
  );
  return section(html`<div class="grid">${drawn}
${words}<div class="card full"><details><summary>All ${importance.length} columns in figures</summary>${table}</details></div></div>`);
}

const section = (body: Html): Section => ({
  id: 'importance',
  title: 'What it leans on',
  shortTitle: 'Importance',
  body,
});
