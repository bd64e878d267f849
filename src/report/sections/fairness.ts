/** Are people treated alike? The largest gaps between the groups of each personal column, with intervals. */
import { fairnessSentence, fairnessWords, points, toldGaps } from '../fairness-words.ts';
import { range } from '../format.ts';
import { type Html, html } from '../html.ts';
import { headCell, tableBox } from '../page-frame.ts';
import { levelName } from '../plain-words.ts';
import type { TrainingFacts } from '../training-facts.ts';

export function fairnessCard({ fairness }: Pick<TrainingFacts, 'fairness'>): Html {
  const rows = toldGaps(fairness ?? []).map(
    ({ column, measure, gap }) =>
      html`<tr><th scope="row"><div class="name">${column}</div></th><td><div class="name">${fairnessWords[measure]}</div></td><td class="n">${points(gap.value)} <span class="ci">${range(gap, points)}</span></td><td><div class="name">${levelName(gap.highest)}</div></td><td><div class="name">${levelName(gap.lowest)}</div></td><td>${gap.proven ? html`<span class="mark-text">proven</span>` : 'not proven'}</td></tr>
`,
  );
  return html`<div class="card stack"><h3>Are people treated alike?</h3>
<p>${fairnessSentence(fairness)}</p>${
    rows.length > 0 &&
    html`${tableBox(
      'Gaps between groups of people',
      [
        headCell('Column'),
        headCell('What'),
        headCell('Gap in points', 'number'),
        headCell('Higher in'),
        headCell('Lower in'),
        headCell(''),
      ],
      rows,
    )}
<p class="soft small">The largest gap of each kind, on the hold-out at the threshold. Numbers are compared in bands. Below each gap its 95% interval, which holds for all pairs of groups together; a gap whose interval includes 0 may be chance and is not proven. Groups with fewer than 50 customers are not judged.</p>`
  }</div>`;
}
