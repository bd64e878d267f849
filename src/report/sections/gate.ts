/** The conditions of the gate, one by one. */
import { gateMetrics } from '../../evaluation/gate.ts';
import { html } from '../html.ts';
import { headCell, type Section, tableBox } from '../page-frame.ts';
import type { TrainingFacts } from '../training-facts.ts';
import { gatePill } from './verdict.ts';

const titles: Readonly<Record<string, string>> = {
  chance: 'Better than chance',
  trainValidationGap: 'Learned, not memorised',
  mustBeatChampion: 'Not worse than the model in use',
  ...Object.fromEntries(gateMetrics.map(({ jsonKey, title }) => [jsonKey, title])),
};

export function gateSection({ gate }: Pick<TrainingFacts, 'gate'>): Section {
  const rows = gate.checks.map(
    ({ name, passed, reason }) =>
      html`<tr><td>${passed ? html`<span class="good-text">holds</span>` : html`<span class="bad-text">fails</span>`}</td><th scope="row">${titles[name] ?? name}</th><td class="wide">${capital(reason)}.</td></tr>
`,
  );
  const body = html`<div class="card stack"><p>${gatePill({ gate })}</p>${
    rows.length > 0
      ? tableBox(
          'Conditions of the gate',
          [headCell(''), headCell('Condition'), headCell('Finding')],
          rows,
          'fold',
        )
      : html`<p>The project file sets no conditions. Add a <code>gate</code> section to it, so that a model which is not good enough is not put to work.</p>`
  }</div>`;
  return { id: 'gate', title: 'May it be put to work', shortTitle: 'Gate', body };
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
