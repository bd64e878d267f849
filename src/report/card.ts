/**
 * The model card: what the model is for, how good it is, where its limits are, how to make it again, in Markdown.
 *
 * The order is that of Mitchell et al. (2019), "Model Cards for Model Reporting". Goes into the model file as
 * `card.md`.
 */
import { coreMetrics } from '../evaluation/metrics/all.ts';
import { toldParams } from '../selection/leaderboard.ts';
import { choiceSentences } from './choice-words.ts';
import { fairnessSentence } from './fairness-words.ts';
import {
  count,
  countOf,
  dateTime,
  duration,
  metricText,
  modelName,
  paramsText,
  percent,
  range,
} from './format.ts';
import { list, escapeMarkdown as md, table } from './markdown.ts';
import {
  calibrationSentence,
  gateSentence,
  headlineOf,
  hundredsOf,
  notCaused,
  rankingSentence,
  segmentsSentence,
  sizesSentence,
  strongestColumns,
  thresholdSentences,
} from './plain-words.ts';
import { judgedRows, partingSentence, rowsTitle, stabilitySentence } from './selection-words.ts';
import type { TrainingFacts } from './training-facts.ts';

export function writeCard(facts: TrainingFacts): string {
  const parts: readonly (readonly [title: string, text: string])[] = [
    ['Model details', details(facts)],
    ['Intended use', intendedUse(facts)],
    ['Data', data(facts)],
    ['Metrics', metrics(facts)],
    ['Threshold', md(`${thresholdSentences(facts)} ${calibrationSentence(facts)}`)],
    ['Choice', md(`${choiceSentences(facts.leaderboard)} ${stabilitySentence(facts)}`.trim())],
    ['Gate', gate(facts)],
    ['Limits and caveats', limits(facts)],
    ['Ethical considerations', ethics(facts)],
    ['How to reproduce', reproduce(facts)],
  ];
  const description = facts.model.description === null ? '' : `\n${md(facts.model.description)}\n`;
  return `# ${md(facts.model.name)}\n${description}\n${parts.map(([title, text]) => `## ${title}\n\n${text}\n`).join('\n')}`;
}

function details({ model, created, holdfastVersion, leaderboard, seconds }: TrainingFacts): string {
  const chosen = leaderboard.find((row) => row.chosen);
  return list([
    `Label: ${md(model.label)}`,
    `Id: ${md(model.id)}`,
    ...(model.author === null ? [] : [`Author: ${md(model.author)}`]),
    `Created: ${md(dateTime(created))}`,
    ...(chosen
      ? [`Model: ${md(modelName(chosen.model))} (${md(paramsText(toldParams(chosen)) || 'no parameters')})`]
      : []),
    `What it learned: ${md(model.learned)}`,
    `Written by: Holdfast ${md(holdfastVersion)}, in ${duration(seconds.wall)}`,
  ]);
}

const intendedUse = ({ target }: TrainingFacts): string =>
  `${list([
    `For: ranking customers by the probability that ${md(target.column)} becomes ${md(target.churned)}, so that a retention team knows whom to contact first.`,
    'Not for: deciding alone about prices, contracts or service of a person; telling why a customer leaves; customers of another kind than those it learned from.',
  ])}`;

function data(facts: TrainingFacts): string {
  const { source, parts, leftOut } = facts;
  const row = (name: string, part: TrainingFacts['parts']['training']) => [
    name,
    count(part.rows),
    percent(part.churnRate),
  ];
  const without =
    leftOut.length === 0
      ? 'Every column of the contract is used.'
      : `Left out:\n\n${list(leftOut.map(({ column, reason }) => `${md(column)}: ${md(reason)}`))}`;
  return `${md(source.name)}: ${countOf(source.rows, 'row')}, ${countOf(source.columns, 'column')}. ${md(partingSentence(facts))} ${sizesSentence(facts)}

${table(
  ['Part', rowsTitle(facts), 'Left'],
  [row('Training', parts.training), row('Validation', parts.validation), row('Hold-out', parts.holdout)],
)}

${without}`;
}

function metrics(facts: TrainingFacts): string {
  const { holdout } = facts;
  const rows = coreMetrics.map((metric) => {
    const measured = holdout[metric.jsonKey];
    const write = (value: number): string => md(metricText(metric, value));
    return [metric.title, write(measured.value), range(measured, write), md(metric.about)];
  });
  const sentences = hundredsOf(facts).map(({ sentence, more }) => `${sentence} ${more}`);
  return `${headlineOf(facts)} ${rankingSentence(facts)}

${list(sentences)}

On the hold-out, ${judgedRows(holdout.rows, facts)}; accuracy, precision, recall and F1 at the threshold:

${table(['Metric', 'Value', '95% interval', 'What it means'], rows)}`;
}

function gate(facts: TrainingFacts): string {
  const checks = facts.gate.checks.map(
    ({ passed, reason }) => `${passed ? 'holds' : '**fails**'}: ${md(reason)}`,
  );
  const verdict = `${facts.gate.passed ? 'Passed.' : '**Refused.**'} ${md(gateSentence(facts))}`;
  return checks.length > 0 ? `${verdict}\n\n${list(checks)}` : verdict;
}

function limits(facts: TrainingFacts): string {
  const strongest = strongestColumns(facts);
  return list([
    strongest.length > 0
      ? `It leans most on ${strongest.map(md).join(', ')}. ${notCaused}`
      : 'No column makes a difference that stands out: it has nothing to lean on.',
    md(segmentsSentence(facts)),
    'It was judged on customers of the same table. Later customers may differ: watch inputs and outcomes, and train again when they drift.',
    ...facts.notes.map(({ code, message }) => `${md(message)} (${md(code)})`),
  ]);
}

function ethics({ personal, segments, fairness }: TrainingFacts): string {
  const columns = [...new Set(segments.map((segment) => segment.column))];
  return list([
    personal === undefined
      ? 'Which columns are personal was not recorded here: read the contract before the model is put to work.'
      : personal.length === 0
        ? 'It uses no column that the contract calls personal.'
        : `It uses columns that the contract calls personal: ${personal.map(md).join(', ')}. Ask whether that is needed and allowed.`,
    columns.length > 0
      ? `Differences between groups were measured for ${columns.map(md).join(', ')}. They are in the report, with intervals.`
      : 'No group of customers could be judged on its own.',
    md(fairnessSentence(fairness)),
    'Offers made by score can treat alike customers differently. Keep a control group, and a way for a customer to be left alone.',
  ]);
}

const reproduce = ({ seed, source, holdfastVersion }: TrainingFacts): string =>
  `Run \`holdfast train\` of version ${md(holdfastVersion)} with the same project file, the same ${md(source.name)} and seed ${seed}: its pipeline, weights, reference and golden rows are the same to the byte, on any machine and with any number of threads. The hashes of the data and of the lock file are in the manifest.`;
