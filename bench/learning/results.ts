/** The page of all answers: RESULTS.md with the machine, the versions, and for each question its figures and every repetition. */
import { type DatedAnswer, factNames, figureText, numberText, secondsText } from './answer.ts';
import { isHeld, type MeasuredSide, middle } from './measure.ts';

export interface PageFacts {
  /** Processors, Node, memory. */
  readonly machine: readonly string[];
  readonly versions: readonly string[];
  readonly commit: string;
}

/** `answers` in the order of the page. */
export function pageOf(answers: readonly DatedAnswer[], { machine, versions, commit }: PageFacts): string {
  return [
    '# What the benches found',
    '',
    'Written by `make bench`; nothing here is typed by hand. Figures are medians with their range over the repetitions, in which',
    'all sides took turns on the same rows and threads. How it is measured: [learning](learning/README.md).',
    '',
    `- Machine: ${machine.join(', ')}`,
    `- Beside: ${versions.join(', ')}`,
    `- Commit: ${commit}`,
    ...answers.flatMap((answer) => ['', ...sectionOf(answer)]),
    '',
  ].join('\n');
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
