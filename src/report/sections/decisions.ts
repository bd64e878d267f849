/** Who was flagged rightly and wrongly, and what the words high, medium and low stand for. */
import type { Band } from '../../evaluation/bands.ts';
import type { MetricValue } from '../../evaluation/interval.ts';
import { count, percent, shortRange } from '../format.ts';
import { type Html, html } from '../html.ts';
import { headCell, type Section, scrollBox, tableBox } from '../page-frame.ts';
import { decisionsOf } from '../plain-words.ts';
import { judgedRows } from '../selection-words.ts';
import type { TrainingFacts } from '../training-facts.ts';

export function decisionsSection(facts: TrainingFacts): Section {
  const { truePositives, falsePositives, falseNegatives, trueNegatives } = facts.confusion;
  const { rows, flagged, churned } = decisionsOf(facts.confusion);
  const cell = (value: number, words: string, isRight: boolean): Html =>
    html`<td${isRight && html` class="right"`}><b>${count(value)}</b>${words}<br /><span class="soft small">${percent(value / rows)} of all</span></td>`;
  const body = html`<div class="grid">
<div class="card stack whole"><h3>At the threshold of ${percent(facts.threshold.value)}</h3>
${scrollBox(
  'Confusion matrix',
  html`<table class="matrix">
<thead><tr><td></td><th scope="col">Left (${count(churned)})</th><th scope="col">Stayed (${count(rows - churned)})</th></tr></thead>
<tbody>
<tr><th scope="row">Flagged (${count(flagged)})</th>${cell(truePositives, 'found', true)}${cell(falsePositives, 'bothered for nothing', false)}</tr>
<tr><th scope="row">Not flagged (${count(rows - flagged)})</th>${cell(falseNegatives, 'missed', false)}${cell(trueNegatives, 'rightly left alone', true)}</tr>
</tbody></table>`,
)}</div>
<div class="card stack whole"><h3>High, medium, low</h3>
<p class="soft small">The word that each scored customer gets, and what came of such customers in the hold-out.</p>
${tableBox(
  'Bands',
  [headCell('Band'), headCell('Probability'), headCell('Share', 'number'), headCell('Left', 'number')],
  bandRows(facts).map(
    ({ band, from, to, share, churnRate }) =>
      html`<tr><th scope="row">${band}</th><td class="ci">${bandRange(from, to)}</td><td class="n">${percent(share, 0)}</td><td class="n">${share > 0 ? percent(churnRate, 0) : '–'}</td></tr>
`,
  ),
)}</div>
${facts.certainty && certaintyCard(facts.certainty, facts)}</div>`;
  return { id: 'decisions', title: 'Right and wrong decisions', shortTitle: 'Decisions', body };
}

/** How far the score of a single customer can be trusted. */
function certaintyCard(
  { limits, measured }: NonNullable<TrainingFacts['certainty']>,
  parted: Pick<TrainingFacts, 'parting'>,
): Html {
  const { rows, sure, both, neither, coverage } = measured;
  const row = (name: string, value: Html | string, about: string): Html =>
    html`<tr><th scope="row">${name}</th><td class="n">${value}</td><td class="wide">${about}</td></tr>
`;
  const share = (value: MetricValue): Html =>
    html`<strong>${percent(value.value, 0)}</strong> <span class="ci">${shortRange(value, (end) => percent(end, 0))}</span>`;
  const span = (from: number, to: number): string => `${percent(from)} to ${percent(to)}`;
  const middle =
    limits.churn <= limits.stay
      ? `scores of ${span(limits.churn, limits.stay)}: both outcomes are likely`
      : `scores between ${span(limits.stay, limits.churn)}: neither outcome is usual`;
  return html`<div class="card stack whole full"><h3>Sure and unsure</h3>
<p class="soft small">The word that each scored customer gets beside the band. Limits learned on ${judgedRows(limits.rows, parted)} of the validation part, so that leavers and stayers alike are judged right in ${percent(limits.coverage, 0)} of cases; measured on ${count(rows)} of the hold-out.</p>
${tableBox(
  'Certainty',
  [headCell(''), headCell('Share', 'number'), headCell('What it means')],
  [
    row('sure', share(sure), 'only one outcome is likely: act on it'),
    row('unsure', percent((both + neither) / rows, 0), middle),
    ...(coverage.churn
      ? [
          row(
            'leavers covered',
            share(coverage.churn),
            'of those who left, leaving was among the likely outcomes',
          ),
        ]
      : []),
    ...(coverage.stay
      ? [
          row(
            'stayers covered',
            share(coverage.stay),
            'of those who stayed, staying was among the likely outcomes',
          ),
        ]
      : []),
  ],
  'fold',
)}</div>`;
}

export interface BandRow {
  readonly band: Band;
  readonly from: number;
  readonly to: number;
  /** Of all customers of the hold-out. */
  readonly share: number;
  readonly churnRate: number;
}

/** Of every score where that is kept; of older models read off the gain curve, which is right to a quarter of a percent. */
export function bandRows({
  bands,
  curves,
  list,
  confusion,
}: Pick<TrainingFacts, 'bands' | 'curves' | 'list' | 'confusion'>): BandRow[] {
  const { churnRate } = decisionsOf(confusion);
  const above = (score: number) =>
    curves.gain.findLast((point) => point.threshold === null || point.threshold >= score) ?? {
      contacted: 0,
      reached: 0,
    };
  const everybody = { contacted: 1, reached: 1 };
  const nobody = { contacted: 0, reached: 0 };
  const row = (
    band: Band,
    from: number,
    to: number,
    upper: { contacted: number; reached: number },
    lower: { contacted: number; reached: number },
  ): BandRow => {
    const share = lower.contacted - upper.contacted;
    return {
      band,
      from,
      to,
      share,
      churnRate: share > 0 ? ((lower.reached - upper.reached) * churnRate) / share : 0,
    };
  };
  const high = list?.bands.high ?? above(bands.high);
  const medium = list?.bands.medium ?? above(bands.medium);
  return [
    row('high', bands.high, 1, nobody, high),
    row('medium', bands.medium, bands.high, high, medium),
    row('low', 0, bands.medium, medium, everybody),
  ];
}

const bandRange = (from: number, to: number): string => {
  if (from >= to) return 'none';
  if (to === 1) return `from ${percent(from)}`;
  return from === 0 ? `below ${percent(to)}` : `${percent(from)}–${percent(to)}`;
};
