/** Which candidates were compared, and why the chosen one was chosen. */
import { isRecord, type Plain, plainEqual } from '../../base/plain.ts';
import { metricInWords } from '../../evaluation/profit-metrics.ts';
import { besideParams, type LeaderboardRow } from '../../selection/leaderboard.ts';
import type { SearchFacts, TrialFacts } from '../../selection/search-history.ts';
import { leaderboardChart, rowsToDraw } from '../charts/leaderboard.ts';
import { searchChart } from '../charts/search.ts';
import { choiceSentences } from '../choice-words.ts';
import { embedChart } from '../draw-chart.ts';
import { decimal, duration, modelName, paramsText, percent } from '../format.ts';
import { type Html, html } from '../html.ts';
import { figure, headCell, type Section, tableBox } from '../page-frame.ts';
import { isSearchTold, originWords, outcomeWords, searchSentence } from '../search-words.ts';
import { stabilitySentence } from '../selection-words.ts';
import type { TrainingFacts } from '../training-facts.ts';

/** More rows than this are folded away. */
const openRows = 12;

export async function choiceSection({
  leaderboard,
  seconds,
  stability,
  search,
}: TrainingFacts): Promise<Section> {
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
<div class="card">${leaderboard.length > openRows ? html`<details><summary>All ${leaderboard.length} candidates</summary>${table}</details>` : table}</div>
${isSearchTold(search) && (await searchCards(search, leaderboard))}`);
}

/** The trials in the order they were tried, those that ended early too. */
async function searchCards(search: SearchFacts, leaderboard: readonly LeaderboardRow[]): Promise<Html> {
  const { trials, metric } = search;
  const chart = searchChart(search);
  const title = metricInWords(metric).title;
  const reading = html`Each dot is a trial's mean ${title}, the line the best so far. A small dot ended early, and stands as far from the best as it was on the folds it saw, or had only a share. Trials far behind are not drawn.`;
  const table = tableBox(
    'Trials',
    [
      headCell('Trial', 'number'),
      headCell('Model'),
      headCell(title, 'number'),
      headCell('Folds', 'number'),
      headCell('How it ended'),
      headCell('From'),
      headCell('Parameters'),
    ],
    trials.map(
      (trial) =>
        html`<tr><td class="n">${trial.number}</td><th scope="row">${modelName(trial.model).replaceAll(' ', '\u00a0')}</th><td class="n">${trial.mean === null ? '–' : decimal(trial.mean, 4)}</td><td class="n">${trial.folds.length}</td><td>${outcomeWords[trial.outcome]}${trial.share < 1 && ` (${percent(trial.share, 0)} of the ${search.resource ?? 'rows'})`}</td><td>${originWords[trial.origin]}</td><td class="params small">${paramsText(variedParams(trial, leaderboard)) || 'none'}</td></tr>
`,
    ),
  );
  return html`<div class="grid"><div class="card stack"><h3>How it was searched</h3><p>${searchSentence(search)}</p>
<p class="soft small">A trial ends early when it is hopelessly behind the best on every fold so far, or below the median that whole trials of its model had by then. It is no candidate.</p></div>
${chart && figure(await embedChart(chart), 'The search', reading)}</div>
<div class="card"><details><summary>All ${trials.length} trials</summary>${table}</details></div>`;
}

/** What differs between the candidates of its model; of a trial that no candidate resembles, all. */
function variedParams(trial: TrialFacts, leaderboard: readonly LeaderboardRow[]): Plain {
  const { model, params } = trial;
  const same = leaderboard.find((row) => row.model === model);
  if (same === undefined) return { ...(params as Record<string, Plain>), ...besideParams(trial) };
  const { preparation: _, ...row } = same;
  const { preparation } = trial;
  return paramsToTell({ ...row, params, ...(preparation !== undefined && { preparation }) }, leaderboard);
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
  const beside = besideParams(row);
  if (row.members) return beside;
  if (!isRecord(row.params)) return row.params;
  if (same.length < 2) return { ...row.params, ...beside };
  const settingOf = (other: LeaderboardRow, key: string): unknown =>
    isRecord(other.params) ? other.params[key] : undefined;
  const varied = Object.entries(row.params).filter(([key, value]) =>
    same.some((other) => !plainEqual(settingOf(other, key), value)),
  );
  return { ...Object.fromEntries(varied), ...beside };
}

const candidateRow = (row: LeaderboardRow, params: Plain): Html =>
  html`<tr${row.chosen && html` class="chosen"`}><td class="n">${row.rank}</td><th scope="row">${modelName(row.model).replaceAll(' ', '\u00a0')}${row.chosen && html` <span class="good-text small">chosen</span>`}</th><td class="n"><strong>${decimal(row.mean, 4)}</strong></td><td class="n">${decimal(row.sd, 4)}</td><td class="ci">${row.folds.map((value) => decimal(value)).join('  ')}</td><td class="n">${duration(row.seconds)}</td><td class="params small">${paramsText(params) || 'none'}</td></tr>
`;
