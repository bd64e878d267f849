/**
 * What a question came to: printed as one line, added to HISTORY.md (history.ts), and written as JSON where `make bench` asked for it.
 * `pageOf` (results.ts) makes the page of all of them.
 */
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { measuredCommit } from './commit.ts';
import { addToHistory } from './history.ts';
import type { BenchOptions, Figure, MeasuredSide } from './measure.ts';
import { isHeld, middle } from './measure.ts';
import { peerVersions } from './peers.ts';

/** One table, or one size of it, that the question was asked of. */
export interface Case {
  /** The rows: `telco, 5,634 x 19`. */
  readonly rows: string;
  readonly sides: readonly MeasuredSide[];
  readonly figures: readonly Figure[];
  /** Sentences without a point at the end. */
  readonly notes?: readonly string[];
}

export interface Answer {
  /** The file's name without `.ts`. */
  readonly question: string;
  /** What was asked, a sentence. */
  readonly asks: string;
  readonly options: BenchOptions;
  readonly cases: readonly Case[];
  /** File names of drawings beside RESULTS.md. */
  readonly drawings?: readonly string[];
  /** What a run that was stopped had taken before this one went on. */
  readonly minutesBefore?: number;
}

/** An answer with when, under which load and of which commit it was found. */
export interface DatedAnswer extends Answer {
  readonly at: string;
  readonly load: number;
  /** How long the question took, everything included. */
  readonly minutes: number;
  readonly commit: string;
}

/** Names the file that `tellAnswer` writes its JSON to. */
export const resultFileVariable = 'HOLDFAST_BENCH_RESULT';

/** Prints, keeps, and sets the exit code: 1 when a figure misses what it owes. */
export function tellAnswer(answer: Answer): void {
  const dated: DatedAnswer = {
    ...answer,
    at: new Date().toISOString(),
    load: loadavg()[0]!,
    minutes: (answer.minutesBefore ?? 0) + performance.now() / 60_000,
    commit: measuredCommit(),
  };
  console.log(lineOf(dated));
  addToHistory(dated, [...machineFacts(), ...peerVersions()]);
  const file = process.env[resultFileVariable];
  if (file !== undefined) writeFileSync(file, JSON.stringify(dated));
  process.exitCode = dated.cases.every(({ figures }) => figures.every(isHeld)) ? 0 : 1;
}

/** Processors and Node. */
export const machineFacts = (): string[] => [
  `${cpus().length} x ${cpus()[0]!.model.trim()}`,
  `Node ${process.versions.node}`,
];

/** The answer in one line. */
export function lineOf({ question, options, cases, load, minutes }: DatedAnswer): string {
  const counts = `${options.isQuick ? 'REDUCED counts, ' : ''}${options.repetitions} repetitions, load ${load.toFixed(1)}, ${minutes.toFixed(1)} min`;
  const told = cases.map(({ rows, sides, figures, notes = [] }) =>
    [`${rows}: ${figures.map(figureText).join(', ')}`, ...sides.map(sideText), ...notes].join('; '),
  );
  const missed = missedFigures(cases);
  const verdict = missed.length > 0 ? `MISSED: ${missed.join(', ')}` : 'held';
  return `${question}: ${counts}; ${told.join(' | ')}; ${verdict}`;
}

/** What is not as it is owed, with its rows. */
export const missedFigures = (cases: readonly Case[]): string[] =>
  cases.flatMap(({ rows, figures }) =>
    figures.filter((figure) => !isHeld(figure)).map(({ what }) => `${what} (${rows})`),
  );

/** `CPU against scikit-learn 3.21x (3.02 to 3.40), at least 3`. */
export function figureText(figure: Figure): string {
  const { what, value, least, most, unit } = figure;
  const range = least === most ? '' : ` (${numberText(least)} to ${numberText(most)})`;
  return `${what} ${numberText(value)}${unit}${range}${owedText(figure)}`;
}

function owedText({ atLeast, atMost }: Figure): string {
  if (atLeast !== undefined && atMost !== undefined)
    return `, from ${numberText(atLeast)} to ${numberText(atMost)}`;
  if (atLeast !== undefined) return `, at least ${numberText(atLeast)}`;
  return atMost === undefined ? '' : `, at most ${numberText(atMost)}`;
}

/** Name, median CPU and wall, and what the repetitions said of themselves. */
function sideText({ name, repetitions }: MeasuredSide): string {
  const cpu = middle(repetitions.map(({ cpuSeconds }) => cpuSeconds));
  const wall = middle(repetitions.map(({ wallSeconds }) => wallSeconds));
  const facts = factNames(repetitions).map((fact) => {
    const values = repetitions.map(({ facts }) => facts[fact] ?? Number.NaN);
    const [least, most] = [numberText(Math.min(...values)), numberText(Math.max(...values))];
    return `${fact} ${least === most ? least : `${least} to ${most}`}`;
  });
  return `${name}: ${[`${secondsText(cpu)} CPU`, `${secondsText(wall)} wall`, ...facts].join(', ')}`;
}

/** Every fact that some repetition told, in the order of the telling. */
export const factNames = (repetitions: MeasuredSide['repetitions']): string[] => [
  ...new Set(repetitions.flatMap(({ facts }) => Object.keys(facts))),
];

export function secondsText(seconds: number): string {
  if (seconds < 1e-3) return `${(seconds * 1e6).toPrecision(3)} us`;
  return seconds < 1 ? `${(seconds * 1e3).toPrecision(3)} ms` : `${seconds.toFixed(2)} s`;
}

/** Four digits that count; whole numbers whole. */
export function numberText(value: number): string {
  if (Number.isInteger(value)) return String(value);
  return Math.abs(value) >= 1e-3 && Math.abs(value) < 1e6
    ? String(Number(value.toPrecision(4)))
    : value.toExponential(2);
}
