/**
 * The page of all answers: RESULTS.md with the machine, the versions, what each question took and came to, and for each its
 * figures and every repetition. What was not asked, or only looked at with reduced counts, is said above.
 */
import { type DatedAnswer, factNames, figureText, missedFigures, numberText, secondsText } from './answer.ts';
import { fewestRepetitions, isHeld, type MeasuredSide, middle } from './measure.ts';

export interface PageFacts {
  /** Processors, Node, memory. */
  readonly machine: readonly string[];
  readonly versions: readonly string[];
  /** All there are. */
  readonly questions: readonly string[];
}

/** `answers` in the order of the page. */
export function pageOf(answers: readonly DatedAnswer[], { machine, versions, questions }: PageFacts): string {
  return [
    '# What the benches found',
    '',
    'Written by `make bench`; nothing here is typed by hand. Figures are medians with their range over the repetitions, in which',
    'all sides took turns on the same rows and threads. How it is measured: [learning](learning/README.md).',
    '',
    `- Machine: ${machine.join(', ')}`,
    `- Beside: ${versions.join(', ')}`,
    ...notWhole(answers, questions),
    '',
    ...overview(answers),
    ...answers.flatMap((answer) => ['', ...sectionOf(answer)]),
    '',
  ].join('\n');
}

/** What keeps the page from being the answer of a whole run. */
function notWhole(answers: readonly DatedAnswer[], questions: readonly string[]): string[] {
  const open = questions.filter((name) => !answers.some(({ question }) => question === name));
  const reduced = answers.filter(({ options }) => options.isQuick).map(({ question }) => question);
  const few = answers
    .filter(({ options }) => !options.isQuick && options.repetitions < fewestRepetitions)
    .map(({ question, options }) => `${question} (${options.repetitions})`);
  const commits = new Set(answers.map(({ commit }) => commit));
  return [
    ...(open.length > 0 ? [`- **Not answered**: ${open.join(', ')}`] : []),
    ...(reduced.length > 0 ? [`- **Reduced counts**, only a look: ${reduced.join(', ')}`] : []),
    ...(few.length > 0 ? [`- **Fewer than ${fewestRepetitions} repetitions**: ${few.join(', ')}`] : []),
    ...(commits.size > 1 ? ['- **Not one run**: the questions were asked of different commits'] : []),
  ];
}

/** A line a question, and what all took together. */
function overview(answers: readonly DatedAnswer[]): string[] {
  const minutes = answers.reduce((sum, answer) => sum + answer.minutes, 0);
  return [
    '| question | came to | minutes | ended | load | commit |',
    '|---|---|---|---|---|---|',
    ...answers.map(({ question, cases, options, minutes: own, at, load, commit }) => {
      const missed = missedFigures(cases).length;
      const came = `${missed > 0 ? `**missed ${missed}**` : 'held'}${options.isQuick ? ', reduced' : ''}`;
      return `| [${question}](#${question}) | ${came} | ${own.toFixed(1)} | ${at.slice(0, 16)}Z | ${load.toFixed(1)} | ${commit} |`;
    }),
    `| all | | ${minutes.toFixed(0)} | | | |`,
  ];
}

function sectionOf({ question, asks, options, cases, drawings = [], at, load }: DatedAnswer): string[] {
  const counts = `${options.isQuick ? '**Reduced counts**, only a look; ' : ''}${options.repetitions} repetitions`;
  return [
    `## ${question}`,
    '',
    `${asks}`,
    '',
    `${counts}; ended ${at.slice(0, 16)}Z, load ${load.toFixed(1)}; \`node bench/learning/${question}.ts\`.`,
    ...cases.flatMap(({ rows, figures, sides, notes = [] }) => [
      '',
      `### ${rows}`,
      '',
      ...figures.map((figure) => `- ${isHeld(figure) ? '' : '**Missed**: '}${figureText(figure)}`),
      ...notes.map((note) => `- ${note}.`),
      ...(sides.length > 0 ? ['', ...sideRows(sides)] : []),
    ]),
    ...drawings.flatMap((file) => ['', `![${question}](${file})`]),
  ];
}

/** A line a side: medians and ranges of the times, every repetition of the rest. */
function sideRows(sides: readonly MeasuredSide[]): string[] {
  const facts = [...new Set(sides.flatMap(({ repetitions }) => factNames(repetitions)))];
  return [
    `| side | threads | CPU | wall |${facts.map((fact) => ` ${fact} |`).join('')}`,
    `|---|---|---|---|${facts.map(() => '---|').join('')}`,
    ...sides.map(({ name, threads, repetitions }) => {
      const cells = facts.map((fact) => eachOnce(repetitions.map((one) => one.facts[fact])));
      const cpu = spread(repetitions.map(({ cpuSeconds }) => cpuSeconds));
      const wall = spread(repetitions.map(({ wallSeconds }) => wallSeconds));
      return `| ${name} | ${threads} | ${cpu} | ${wall} | ${cells.join(' | ')} |`;
    }),
  ];
}

function spread(seconds: readonly number[]): string {
  if (seconds.every(Number.isNaN)) return '';
  if (seconds.length === 1) return secondsText(seconds[0]!);
  return `${secondsText(middle(seconds))} (${secondsText(Math.min(...seconds))} to ${secondsText(Math.max(...seconds))})`;
}

/** Every repetition's number in order, or the one that all said; empty for a side that doesn't say it. */
function eachOnce(values: readonly (number | undefined)[]): string {
  const texts = values.map((value) => (value === undefined ? '' : numberText(value)));
  return new Set(texts).size === 1 ? texts[0]! : texts.join(', ');
}
