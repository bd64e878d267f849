/**
 * The report of a training run as Markdown, for wikis, pull requests and terminals: the same facts, order and sentences as
 * the page, without its longest tables. Pictures are told in a sentence; with `picturesBeside` they are linked too.
 */

import { coreMetrics } from '../evaluation/metrics/all.ts';
import { metricInWords } from '../evaluation/profit-metrics.ts';
import { toldParams } from '../selection/leaderboard.ts';
import { perCustomers } from './charts/profit.ts';
import { choiceSentences } from './choice-words.ts';
import { fairnessSentence } from './fairness-words.ts';
import {
  count,
  countOf,
  dateTime,
  decimal,
  duration,
  metricText,
  modelName,
  money,
  ofHundred,
  paramsText,
  percent,
  range,
} from './format.ts';
import { furtherMeasures } from './further-measures.ts';
import {
  callLists,
  cannotSay,
  listDetail,
  listSentence,
  whoLeaves,
  whyWords,
  worthSentences,
} from './list-words.ts';
import { list, escapeMarkdown as md, table } from './markdown.ts';
import { groupName, groupRate, numbersOf, textFor } from './overview-words.ts';
import {
  calibrationSentence,
  firstTenthSentence,
  gateSentence,
  headlineOf,
  hundredsOf,
  levelName,
  notCaused,
  rankingSentence,
  segmentsSentence,
  sizesSentence,
  strongestColumns,
  thresholdSentences,
} from './plain-words.ts';
import { searchSentence } from './search-words.ts';
import { columnFacts, columnsSentence } from './sections/columns.ts';
import { findingsSentence, severityWords, withoutName } from './sections/findings.ts';
import { partingSentence, rowsTitle, stabilitySentence } from './selection-words.ts';
import { trainingCharts } from './training-charts.ts';
import type { TrainingFacts } from './training-facts.ts';

export interface MarkdownOptions {
  /** The charts lie beside the file, as `report --out` writes them. */
  readonly picturesBeside?: boolean;
}

type Part = readonly [title: string, text: string];

// `<1%` and `<0.1 s` begin like a tag.
const share = (value: number, digits?: number): string => md(percent(value, digits));
const time = (seconds: number): string => md(duration(seconds));

export function writeTrainingMarkdown(
  facts: TrainingFacts,
  { picturesBeside = false }: MarkdownOptions = {},
): string {
  const { model, created, holdfastVersion } = facts;
  const by = model.author === null ? '' : ` by ${md(model.author)}`;
  const parts: readonly (Part | null)[] = [
    ['In plain words', verdict(facts)],
    ['The list: whom to call', callList(facts)],
    ['How good it is, in figures', metrics(facts)],
    ['Pictures', pictures(facts, picturesBeside)],
    ['Right and wrong decisions', decisions(facts)],
    ['What it leans on', importance(facts)],
    ['For every kind of customer', segments(facts)],
    ['Why this model', choice(facts)],
    ['Gate', gate(facts)],
    findings(facts),
    columns(facts),
    ['Data and decisions', data(facts)],
  ];
  const intro = `${model.description === null ? '' : `${md(model.description)}\n\n`}Model ${md(model.label)}, trained ${md(dateTime(created))}${by}.`;
  return `# ${md(model.name)}: training report

${intro}

${parts.flatMap((part) => (part ? [`## ${part[0]}\n\n${part[1]}\n`] : [])).join('\n')}
---

Written by Holdfast ${md(holdfastVersion)}. Every figure is of the hold-out unless it says otherwise; every interval holds the true value with 95% confidence, for customers like these.
`;
}

function verdict(facts: TrainingFacts): string {
  const strongest = strongestColumns(facts);
  return `**${facts.gate.passed ? 'Passed the gate.' : 'Refused by the gate.'} ${headlineOf(facts)}** ${rankingSentence(facts)} ${firstTenthSentence(facts)}

${list([
  ...hundredsOf(facts).map(({ sentence, more }) => `${sentence} ${more}`),
  strongest.length > 0
    ? `What matters most: ${strongest.map(md).join(', ')}. ${notCaused}`
    : 'No column makes a difference that stands out: the model has nothing to lean on.',
  md(thresholdSentences(facts)),
  md(gateSentence(facts)),
  md(sizesSentence(facts)),
])}`;
}

function callList(facts: TrainingFacts): string {
  const lists = callLists(facts);
  const inMoney = lists.some(({ profit }) => profit !== null);
  const calls = table(
    [
      'Called, highest score first',
      'Of 100 called would have left',
      '95% interval',
      'Of 100 leavers reached',
      ...(inMoney ? [`Expected to earn for ${count(perCustomers)} customers`] : []),
    ],
    lists.map(({ words, leave, reached, profit }) => [
      words,
      ofHundred(leave.value),
      range(leave, ofHundred),
      ofHundred(reached),
      ...(inMoney ? [money(profit ?? Number.NaN)] : []),
    ]),
  );
  const block = (title: string, items: readonly string[]): string =>
    items.length === 0 ? '' : `\n\n### ${title}\n\n${list(items.map(md))}`;
  return `**${listSentence(facts)}** ${listDetail(facts)}

${calls}${block('Who leaves', whoLeaves(facts))}${block('Why, as far as the model knows', whyWords(facts))}${block('What it is worth', worthSentences(facts))}${block('What it can’t say', cannotSay(facts))}`;
}

function metrics(facts: TrainingFacts): string {
  const measures = [
    ...coreMetrics.map((metric) => [metric, facts.holdout[metric.jsonKey]] as const),
    ...furtherMeasures(facts),
  ];
  return table(
    ['Metric', 'Value', '95% interval', 'What it means'],
    measures.map(([metric, measured]) => {
      const write = (value: number): string => md(metricText(metric, value));
      return [metric.title, write(measured.value), range(measured, write), md(metric.about)];
    }),
  );
}

const pictures = (facts: TrainingFacts, beside: boolean): string =>
  trainingCharts(facts)
    .map(({ id, title, description }) => {
      const told = `**${md(title)}.** ${md(description)}`;
      return beside ? `![${md(title)}](${id}.svg)\n\n${told}` : told;
    })
    .join('\n\n');

function decisions({ confusion, threshold, bands }: TrainingFacts): string {
  const { truePositives, falsePositives, falseNegatives, trueNegatives } = confusion;
  return `At the threshold of ${share(threshold.value)}; the band high begins at ${share(bands.high)}, medium at ${share(bands.medium)}.

${table(
  ['', 'Left', 'Stayed'],
  [
    ['Flagged', count(truePositives), count(falsePositives)],
    ['Not flagged', count(falseNegatives), count(trueNegatives)],
  ],
)}`;
}

function importance({ importance: columns }: TrainingFacts): string {
  return `Fall of ROC-AUC when a column is shuffled. ${notCaused}

${table(
  ['Column', 'Fall of ROC-AUC', '± sd'],
  columns.map(({ column, value, sd }) => [md(column), decimal(value, 4), decimal(sd, 4)]),
)}`;
}

function segments(facts: TrainingFacts): string {
  const rows = facts.segments.map(({ column, level, rows: size, churnRate, metrics: { rocAuc } }) => [
    md(`${column}: ${levelName(level)}`),
    count(size),
    share(churnRate.value, 0),
    decimal(rocAuc.value),
    range(rocAuc, decimal),
  ]);
  const groups =
    rows.length === 0 ? '' : `\n\n${table(['Group', 'Customers', 'Left', 'ROC-AUC', '95% interval'], rows)}`;
  return `${md(segmentsSentence(facts))} ${md(fairnessSentence(facts.fairness))}${groups}`;
}

/** A search may have tried hundreds; the page has them all. */
const mostCandidates = 20;

function choice({ leaderboard, stability, search }: TrainingFacts): string {
  const told = leaderboard.filter(({ chosen }, i) => chosen || i < mostCandidates);
  const metric = leaderboard[0] ? metricInWords(leaderboard[0].metric).title : 'Metric';
  const rows = told.map(({ rank, model, chosen, mean, sd, seconds, ...row }) => [
    String(rank),
    `${modelName(model)}${chosen ? ' (chosen)' : ''}`,
    decimal(mean, 4),
    decimal(sd, 4),
    time(seconds),
    md(paramsText(toldParams(row)) || 'none'),
  ]);
  const more = leaderboard.length - told.length;
  return `${md(`${choiceSentences(leaderboard)} ${stabilitySentence({ stability })} ${searchSentence(search)}`.trim())}

${table(['Rank', 'Model', metric, '± sd', 'CPU time', 'Parameters'], rows)}${more > 0 ? `\n\nAnd ${countOf(more, 'further candidate')}.` : ''}`;
}

function gate(facts: TrainingFacts): string {
  const checks = facts.gate.checks.map(
    ({ passed, reason }) => `${passed ? 'holds' : '**fails**'}: ${md(reason)}`,
  );
  return `${md(gateSentence(facts))}${checks.length > 0 ? `\n\n${list(checks)}` : ''}`;
}

function findings({ overview }: TrainingFacts): Part | null {
  if (!overview) return null;
  const items = overview.findings.map(
    ({ code, severity, column, message }) =>
      `${severityWords[severity]}: ${column === null ? '' : `${md(column)}: `}${md(withoutName(message, column))} (${md(code)})`,
  );
  return [
    'What was found in the data',
    `${findingsSentence({ overview })}${items.length > 0 ? `\n\n${list(items)}` : ''}`,
  ];
}

function columns({ overview, units, meanings }: TrainingFacts): Part | null {
  if (!overview || overview.columns.length === 0) return null;
  const rows = overview.columns.map((column) => {
    const unit = textFor(units, column.column);
    const meaning = textFor(meanings, column.column);
    const what = columnFacts(column, unit);
    const write = numbersOf(column);
    const rated = column.groups
      .filter(({ levels }) => levels === undefined)
      .map((group) => ({ group, rate: groupRate(group).value }))
      .sort((a, b) => b.rate - a.rate);
    const say = (one: (typeof rated)[number] | undefined): string =>
      one ? md(`${percent(one.rate, 0)} of ${groupName(one.group, unit, write)}`) : '–';
    return [
      md(column.column),
      md(meaning === undefined ? what : `${meaning}. ${what}`),
      say(rated[0]),
      say(rated.at(-1)),
    ];
  });
  return [
    'The columns, one by one',
    `${md(columnsSentence({ overview }))} Left in all: ${share(overview.churned / overview.rows)}.

${table(['Column', 'What it is', 'Left most', 'Left least'], rows)}`,
  ];
}

function data(facts: TrainingFacts): string {
  const { source, target, parts, leftOut, notes, model, seconds } = facts;
  const row = (name: string, part: TrainingFacts['parts']['training']): string[] => [
    name,
    count(part.rows),
    share(part.churnRate),
  ];
  const found = new Set(facts.overview?.findings.map(({ message }) => message));
  const others = notes.filter(({ message }) => !found.has(message));
  return `${countOf(source.rows, 'row')} with ${countOf(source.columns, 'column')} of ${md(source.name)}. ${md(partingSentence(facts))} A customer counts as a leaver when ${md(target.column)} is ${md(target.churned)}.

${table(
  ['Part', rowsTitle(facts), 'Left'],
  [row('Training', parts.training), row('Validation', parts.validation), row('Hold-out', parts.holdout)],
)}

${list([
  ...(model.learned === '' ? [] : [md(model.learned)]),
  md(calibrationSentence(facts)),
  ...leftOut.map(({ column, reason }) => `Left out: ${md(column)}: ${md(reason)}`),
  ...others.map(({ code, message }) => `${md(message)} (${md(code)})`),
  `The whole run took ${time(seconds.wall)}, all fits together ${time(seconds.fits)} of CPU time.`,
])}`;
}
