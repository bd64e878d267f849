/** Which candidates were compared, and why the chosen one was chosen. */
import { isRecord, type Plain, plainEqual } from '../../base/plain.ts';
import { metricInWords } from '../../evaluation/profit-metrics.ts';
import type { LeaderboardRow } from '../../selection/leaderboard.ts';
import { leaderboardChart, rowsToDraw } from '../charts/leaderboard.ts';
import { embedChart } from '../draw-chart.ts';
import { decimal, duration, modelName, paramsText } from '../format.ts';
import { type Html, html } from '../html.ts';
import { figure, headCell, type Section, tableBox } from '../page-frame.ts';
import { choiceSentences } from '../plain-words.ts';
import { stabilitySentence } from '../selection-words.ts';
import type { TrainingFacts } from '../training-facts.ts';

/** More rows than this are folded away. */
const openRows = 12;

export async function choiceSection({ leaderboard, seconds, stability }: TrainingFacts): Promise<Section> {
  const best = leaderboard[0];
  if (!best) return section(html`<div class="card"><p>${choiceSentences(leaderboard)}</p></div>`);
  const metric = metricInWords(best.metric);
  const drawn = rowsToDraw(leaderboard).length;
  const hidden = leaderboard.length - drawn;
  const reading = html`${metric.title} over ${best.folds.length} folds of the training part: mean and one standard deviation to each side. ${hidden > 0 && `${hidden} of ${leaderboard.length} are not drawn: too far behind, or too many.`}`;
  const table = tableBox(
    'Candidates',
    [
      headCell('Rank', 'number'),
      headCell('Model'),
      headCell(metric.title, 'number'),
      headCell('± sd', 'number'),
      headCell('Each fold'),
      headCell('CPU time', 'number'),
      headCell('Parameters'),
    ],
    leaderboard.map((row) => candidateRow(row, paramsToTell(row, leaderboard))),
  );
  return section(html`<div class="grid">
<div class="card stack"><h3>Why this one</h3><p>${choiceSentences(leaderboard)}</p>
${stability && html`<p>${stabilitySentence({ stability })}</p>`}
<p class="soft small">All candidates saw the same folds, and everything that learns was fitted inside the fold. The hold-out took no part in the choice. All fits together took ${duration(seconds.fits)} of CPU time, the whole run ${duration(seconds.wall)}.</p></div>
${drawn > 1 && figure(await embedChart(leaderboardChart(leaderboard)), 'Candidates', reading)}
</div>
<div class="card">${leaderboard.length > openRows ? html`<details><summary>All ${leaderboard.length} candidates</summary>${table}</details>` : table}</div>`);
}

const section = (body: Html): Section => ({
  id: 'choice',
  title: 'Why this model',
  shortTitle: 'Candidates',
  body,
});

/** Where a model stands in the list more than once, only the parameters that differ; else all of them. */
export function paramsToTell(row: LeaderboardRow, leaderboard: readonly LeaderboardRow[]): Plain {
  const same = leaderboard.filter(({ model }) => model === row.model);
  if (same.length < 2 || !isRecord(row.params)) return row.params;
  const settingOf = (other: LeaderboardRow, key: string): unknown =>
    isRecord(other.params) ? other.params[key] : undefined;
  return Object.fromEntries(
    Object.entries(row.params).filter(([key, value]) =>
      same.some((other) => !plainEqual(settingOf(other, key), value)),
    ),
  );
}

const candidateRow = (row: LeaderboardRow, params: Plain): Html =>
  html`<tr${row.chosen && html` class="chosen"`}><td class="n">${row.rank}</td><th scope="row">${modelName(row.model).replaceAll(' ', '\u00a0')}${row.chosen && html` <span class="good-text small">chosen</span>`}</th><td class="n"><strong>${decimal(row.mean, 4)}</strong></td><td class="n">${decimal(row.sd, 4)}</td><td class="ci">${row.folds.map((value) => decimal(value)).join('  ')}</td><td class="n">${duration(row.seconds)}</td><td class="params small">${paramsText(params) || 'none'}</td></tr>
`;
