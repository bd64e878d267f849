/** Is it as good for every kind of customer? Each level of each column that has levels, with intervals. */
import type { MetricValue } from '../../evaluation/interval.ts';
import type { SegmentMetrics } from '../../evaluation/segments.ts';
import { intervalStrip } from '../charts/interval-strip.ts';
import { count, decimal, percent, shortRange } from '../format.ts';
import { type Html, html } from '../html.ts';
import { headCell, type Section, scrollBox } from '../page-frame.ts';
import { levelName, segmentsSentence, weakSegments } from '../plain-words.ts';
import type { TrainingFacts } from '../training-facts.ts';
import { fairnessCard } from './fairness.ts';

export function segmentsSection(facts: TrainingFacts): Section {
  const { segments, holdout } = facts;
  const weak = new Set(weakSegments(facts));
  const lowest = Math.min(0.5, ...segments.map(({ metrics }) => metrics.rocAuc.low));
  const scale = { from: Math.floor(10 * lowest) / 10, to: 1, compare: holdout.rocAuc.value };
  const row = (segment: SegmentMetrics): Html => {
    const { level, churnRate, metrics } = segment;
    const isWeak = weak.has(segment);
    const strip = intervalStrip(metrics.rocAuc, { ...scale, colour: isWeak ? 'mark' : 'accent' });
    return html`<tr class="level"><th scope="row"><div class="name">${levelName(level)}${isWeak && html` <span class="mark-text small">lower</span>`}</div></th><td class="n">${count(segment.rows)}</td>${shareCell(churnRate)}<td>${strip}</td><td class="n">${decimal(metrics.rocAuc.value)} <span class="ci">${shortRange(metrics.rocAuc, decimal)}</span></td>${shareCell(metrics.recall)}${shareCell(metrics.selectionRate)}</tr>
`;
  };
  const groups = [...Map.groupBy(segments, ({ column }) => column)].map(
    ([column, levels]) => html`<tbody>
<tr class="group"><th scope="rowgroup" colspan="7"><div>${column}</div></th></tr>
${levels.map(row)}</tbody>
`,
  );
  const head = html`<thead><tr>${headCell('Group')}${headCell('Customers', 'number')}${headCell('Left', 'number')}<th scope="col" colspan="2">ROC-AUC</th>${headCell('Leavers found', 'number')}${headCell('Flagged', 'number')}</tr></thead>
`;
  const body = html`<div class="card stack"><p>${segmentsSentence(facts)}</p>${
    segments.length > 0 &&
    html`${scrollBox('Groups of customers', html`<table>${head}${groups}</table>`, 'wide')}
<p class="soft small">Below each figure its 95% interval. The small pictures go from ${decimal(scale.from, 1)} to 1; the dashed line is ROC-AUC of all customers. Groups with fewer than 50 customers of the hold-out, or with one outcome only, are not judged.</p>`
  }</div>
${fairnessCard(facts)}`;
  return { id: 'segments', title: 'For every kind of customer', shortTitle: 'Groups', body };
}

const shareCell = (share: MetricValue): Html =>
  html`<td class="n">${percent(share.value, 0)} <span class="ci">${shortRange(share, (value) => percent(value, 0))}</span></td>`;
