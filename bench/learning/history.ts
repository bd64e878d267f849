/**
 * What the questions said, run after run: HISTORY.md, newest last. A heading names machine and versions when they change;
 * below it stands an entry a run with its figures. Every repetition of the newest run is in RESULTS.md.
 */
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type DatedAnswer, figureText, missedFigures } from './answer.ts';
import { type Figure, isHeld } from './measure.ts';

const file = fileURLToPath(new URL('HISTORY.md', import.meta.url));
const head = `# What the learning benches said

Newest last. \`load\` is the load average of the machine when the question ended: above the number of its cores, seconds tell
of the machine. Figures in bold miss what they owe. Runs with reduced counts are a look, no result.
`;

export function addToHistory(answer: DatedAnswer, machine: readonly string[]): void {
  if (!existsSync(file)) writeFileSync(file, head);
  appendFileSync(file, historyEntry(answer, machine, readFileSync(file, 'utf8')));
}

/** What is added to the text of before. */
export function historyEntry(
  { question, options, cases, at, load, minutes, commit }: DatedAnswer,
  machine: readonly string[],
  before: string,
): string {
  const heading = `## ${machine.join(', ')}`;
  const isSame = before.split('\n').findLast((line) => line.startsWith('## ')) === heading;
  const missed = missedFigures(cases).length;
  const counts = `${options.isQuick ? '**reduced counts**, ' : ''}${options.repetitions} repetitions`;
  return [
    ...(isSame ? [] : ['', heading, '']),
    `- ${at.slice(0, 16)}Z **${question}** ${missed > 0 ? `missed ${missed}` : 'held'}: ${counts}, load ${load.toFixed(1)}, ${minutes.toFixed(1)} min, commit ${commit}`,
    ...cases.map(({ rows, figures }) => `  - ${rows}: ${figures.map(marked).join('; ')}`),
    '',
  ].join('\n');
}

const marked = (figure: Figure): string =>
  isHeld(figure) ? figureText(figure) : `**${figureText(figure)}**`;
