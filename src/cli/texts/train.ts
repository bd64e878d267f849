/** What a person reads at the end of a training run. */
import { countOf } from '../../base/text.ts';
import { metricInWords } from '../../evaluation/profit-metrics.ts';
import { thresholdInShort } from '../../report/plain-words.ts';
import { searchSentence } from '../../report/search-words.ts';
import { allOrShare } from '../../report/selection-words.ts';
import { besideParams, type LeaderboardRow } from '../../selection/leaderboard.ts';
import type { TrainSummary } from '../../tasks/train/summary.ts';
import { fixed, formatParams, formatTable, programName, shellWord, shownPath } from '../format.ts';
import { gateLines } from './gate.ts';
import { metricTable } from './metrics.ts';

/** Candidates listed; a grid may have hundreds, and the report shows all. */
const mostCandidates = 20;

export function trainText(summary: TrainSummary, cwd?: string): string {
  const { holdout, threshold, gate, model, findings } = summary;
  return [
    ...leaderboardLines(summary.leaderboard),
    ...searchLines(summary),
    ...stabilityLines(summary),
    ...partingLines(summary),
    '',
    summary.parts.by === 'time'
      ? `Hold-out, ${countOf(holdout.rows, 'row')} later than all that a candidate has seen:`
      : `Hold-out, ${countOf(holdout.rows, 'customer')} that no candidate has seen:`,
    metricTable(holdout),
    `Called churn from a probability of ${fixed(threshold.value, 3)} on (${thresholdInShort[threshold.by]}): ${calledText(summary)}.`,
    ...gateLines(gate),
    ...(findings.length > 0 ? ['Notes:', ...findings.map(({ message }) => `  ${message}`)] : []),
    '',
    `Model   ${model.name} ${model.label}, ${shownPath(model.file, cwd)}`,
    ...versionLines(summary),
    `Report  ${shownPath(summary.report, cwd)}`,
    gate.passed
      ? `Next    ${programName()} score ${shellWord(`${model.name}@latest`)} new-customers.csv scored.csv`
      : 'The model is kept, but is not "latest": its gate refused it.',
  ].join('\n');
}

/** How many that calls, and whether that is more than anybody will call. */
function calledText({ decisions: { rows, flagged, found, churned } }: TrainSummary): string {
  const hint = 2 * flagged > rows ? '; for fewer see train.threshold' : '';
  return `${flagged} of the ${rows}, among them ${found} of ${churned} who left${hint}`;
}

function versionLines({ registered, gate }: TrainSummary): string[] {
  if (registered === null) return [];
  const version = shellWord(`${registered.name}@${registered.version}`);
  return [
    `Version ${version}${gate.passed ? `, put to work by: ${programName()} models promote ${version}` : ''}`,
  ];
}

function leaderboardLines(leaderboard: readonly LeaderboardRow[]): string[] {
  const shown = leaderboard.filter((row, i) => i < mostCandidates || row.chosen);
  const metric = metricInWords(leaderboard[0]!.metric);
  return [
    `Candidates by ${metric.title}${metric.higherIsBetter ? '' : ' (lower is better)'}, cross-validated, * is chosen:`,
    formatTable(
      ['', '#', 'model', 'parameters', 'mean', 'sd', 'CPU s'],
      shown.map((row) => [
        row.chosen ? '*' : '',
        String(row.rank),
        row.model,
        formatParams(varyingParams(row, leaderboard)),
        fixed(row.mean),
        fixed(row.sd),
        fixed(row.seconds, 2),
      ]),
      [1, 4, 5, 6],
    ),
    ...(shown.length < leaderboard.length
      ? [`  and ${leaderboard.length - shown.length} more, see the report`]
      : []),
  ];
}

/** Nothing of a grid that was tried whole. */
function searchLines({ search }: TrainSummary): string[] {
  const sentence = searchSentence(search);
  return sentence === '' ? [] : [sentence];
}

function stabilityLines({ stability }: TrainSummary): string[] {
  if (!stability) return [];
  const { metric, rows, share, mean, sd, folds } = stability;
  return [
    `The chosen one once more, on ${allOrShare(share)} ${rows} training and validation rows: ${metricInWords(metric).title} ${fixed(mean)}, sd ${fixed(sd)} over ${folds.length} folds.`,
  ];
}

/** Nothing of the usual way, rows drawn at random. */
function partingLines({
  parts: { by, words, training, validation, holdout, leftOut },
}: TrainSummary): string[] {
  if (by === 'stratified') return [];
  const left = leftOut === 0 ? '' : `, ${leftOut} in between left out`;
  return [
    `Rows were parted ${words}: ${training} to learn from, ${validation} to validate on, ${holdout} held out${left}.`,
  ];
}

/** The parameters in which a candidate differs from others of its family: what the grid varied. */
function varyingParams(row: LeaderboardRow, rows: readonly LeaderboardRow[]): Record<string, unknown> {
  const { model, params, members } = row;
  if (members) return besideParams(row);
  const family = rows
    .filter((row) => row.model === model)
    .map((row) => row.params as Record<string, unknown>);
  const varied = Object.entries(params as Record<string, unknown>).filter(([name, value]) =>
    family.some((other) => JSON.stringify(other[name]) !== JSON.stringify(value)),
  );
  return { ...Object.fromEntries(varied), ...besideParams(row) };
}
