/** Why one customer has this score, as a page of its own: the picture, the reasons, what would have to be different. */
import { type WaterfallFacts, waterfallChart } from './charts/waterfall.ts';
import { embedChart } from './draw-chart.ts';
import { decimal, percent } from './format.ts';
import { type Html, html } from './html.ts';
import { figure, headCell, type Section, tableBox, widePicture, writePage } from './page-frame.ts';
import { notCaused } from './plain-words.ts';

export interface ExplanationFacts {
  /** An id, or "Row 12". */
  readonly customer: string;
  readonly model: { readonly name: string; readonly label: string };
  readonly churn: boolean;
  readonly threshold: number;
  readonly band: string;
  readonly certainty: 'sure' | 'unsure' | null;
  readonly waterfall: WaterfallFacts;
  readonly isExact: boolean;
  /** Every column, strongest first. */
  readonly columns: readonly {
    readonly column: string;
    readonly value: string;
    readonly contribution: number;
    /** Of a sampled contribution. */
    readonly standardError: number | null;
  }[];
  /** In sentences. */
  readonly reasons: readonly string[];
  /** What would have to be different for a score below `target`; null where nothing may be changed. */
  readonly counterfactuals: {
    readonly target: number;
    readonly caution: string;
    readonly answers: readonly { readonly changes: string; readonly score: number }[];
    readonly reason: string | null;
  } | null;
  readonly remarks: readonly string[];
}

export async function writeExplanationPage(facts: ExplanationFacts): Promise<string> {
  const { customer, model } = facts;
  return writePage({
    kind: 'Explanation of a score',
    title: customer,
    subtitle: html`<p class="soft small">By model ${model.name} <code>${model.label}</code></p>`,
    sections: [await scoreSection(facts), columnSection(facts), ...changeSection(facts)],
    footer: html`<p>Holds a customer’s data: keep it as such. ${notCaused}</p>`,
  });
}

async function scoreSection(facts: ExplanationFacts): Promise<Section> {
  const { waterfall, churn, threshold, band, certainty, reasons, remarks, isExact } = facts;
  const reading = `From the average customer to this one: orange bars raise the score, blue ones lower it. SHAP values, ${isExact ? 'exact' : 'sampled'}.${waterfall.link === 'logit' ? ' The average is one of log-odds: it need not be the share of leavers.' : ''}`;
  return {
    id: 'score',
    title: 'The score and its reasons',
    shortTitle: 'Score',
    body: html`<div class="card stack">
<p class="headline">${percent(waterfall.probability)} churn probability</p>
<p>${churn ? 'Flagged as a likely leaver' : 'Not flagged'}: the threshold is ${percent(threshold)}. Band ${band}${certainty !== null && `, ${certainty}: ${certainty === 'sure' ? 'only one outcome is likely' : 'the score does not rule out one of the outcomes'}`}. The average customer has ${percent(waterfall.baseProbability)}.</p>
${reasons.length > 0 && html`<ul class="plain">${reasons.map((reason) => html`<li>${reason}</li>`)}</ul>`}${remarks.map((remark) => html`<p class="soft small">${remark}</p>`)}</div>
${figure(widePicture('Contributions of columns', await embedChart(waterfallChart(waterfall))), 'What each column adds', reading)}`,
  };
}

function columnSection({ columns, waterfall, isExact }: ExplanationFacts): Section {
  const isShare = waterfall.link === 'probability';
  const change = (value: number): string => {
    const size = isShare ? 100 * value : value;
    return `${size > 0 ? '+' : ''}${decimal(size, isShare ? 1 : 2)}`;
  };
  const head = isShare ? 'Points of churn probability' : 'Log-odds';
  const row = ({ column, value, contribution, standardError }: ExplanationFacts['columns'][number]): Html =>
    html`<tr><th scope="row"><div class="name">${column}</div></th><td><div class="name">${value}</div></td><td class="n">${change(contribution)}</td>${!isExact && html`<td class="n">${standardError === null ? '–' : `± ${change(standardError).replace('+', '')}`}</td>`}</tr>
`;
  return {
    id: 'columns',
    title: 'Every column',
    shortTitle: 'Columns',
    body: html`<div class="card">${tableBox(
      'Contributions',
      [
        headCell('Column'),
        headCell('This customer'),
        headCell(head, 'number'),
        ...(isExact ? [] : [headCell('Standard error', 'number')]),
      ],
      columns.map(row),
    )}</div>`,
  };
}

function changeSection({ counterfactuals, waterfall }: ExplanationFacts): Section[] {
  if (counterfactuals === null) return [];
  const { target, caution, answers, reason } = counterfactuals;
  if (answers.length === 0 && waterfall.probability < target) return [];
  const body =
    answers.length === 0
      ? html`<p>${reason ?? 'Nothing that the company can change'}.</p>`
      : html`<ul class="plain">${answers.map(({ changes, score }) => html`<li>${changes}: ${percent(score)}</li>`)}</ul>
<p class="soft small">${caution.charAt(0).toUpperCase() + caution.slice(1)}: customers like that have a lower score, which does not say that this one would stay.</p>`;
  return [
    {
      id: 'changes',
      title: `What would have to be different for a score below ${percent(target)}`,
      shortTitle: 'Changes',
      body: html`<div class="card stack">${body}</div>`,
    },
  ];
}
