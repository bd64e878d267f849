/**
 * How a question is measured: the sides take turns, so that whatever else the machine does meets all alike; every repetition
 * is looked at, never only the best or the last; ratios are those of the rounds, told as their median and range.
 *
 * Beware of what once made a broken run look fast: an output kept from the repetition before. Sides make their outputs anew
 * and say what they owe in each repetition (trees grown, AUC); one that doesn't hold ends the bench.
 */
import { median } from '../../src/math/quantile.ts';
import { mean, standardDeviation } from '../../src/math/sum.ts';

/** One run of one side. */
export interface Repetition {
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  /** What else it says of itself: auc, logLoss, trees, work, peakGb and the like. */
  readonly facts: Readonly<Record<string, number>>;
}

/** One who takes part. */
export interface Side {
  readonly name: string;
  readonly threads: number;
  run(round: number): Promise<Repetition> | Repetition;
  /** What every repetition must say: that number, or one from least to most. */
  readonly owes?: Readonly<Record<string, number | readonly [number, number]>>;
}

export interface MeasuredSide {
  readonly name: string;
  readonly threads: number;
  readonly repetitions: readonly Repetition[];
}

/** A number with its range over the rounds, and what it is to hold. */
export interface Figure {
  readonly what: string;
  /** The median of the rounds where there are some. */
  readonly value: number;
  readonly least: number;
  readonly most: number;
  /** After the number: `x`, ` s`, ` GB`. */
  readonly unit: string;
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** Below this the spread of a few repetitions says nothing. */
export const fewestRepetitions = 5;

export interface BenchOptions {
  /** Reduced counts, for a look: what is found is marked as such. */
  readonly isQuick: boolean;
  readonly repetitions: number;
}

/** `--quick` (2 repetitions, less of everything) and `--repetitions N` of the command line; whole questions take 5. */
export function benchOptions(words: readonly string[] = process.argv.slice(2)): BenchOptions {
  const isQuick = words.includes('--quick');
  const at = words.indexOf('--repetitions');
  const asked = at < 0 ? undefined : Number(words[at + 1]);
  if (asked !== undefined && !(Number.isInteger(asked) && asked > 0))
    throw new RangeError(`bench: --repetitions must be a whole number from 1, got ${words[at + 1]}`);
  return { isQuick, repetitions: asked ?? (isQuick ? 2 : fewestRepetitions) };
}

export interface TurnOptions {
  readonly repetitions: number;
  /** Rounds before the first that counts; by default 1. */
  readonly warmUps?: number;
  /** Hears of each repetition; by default who looks at standard error. */
  readonly tell?: (line: string) => void;
  /** Rounds of a run that was stopped, all sides of each; by default none is kept. */
  readonly kept?: KeptRounds;
}

export interface KeptRounds {
  of(round: number): readonly Repetition[] | undefined;
  keep(round: number, repetitions: readonly Repetition[]): void;
}

/**
 * Every side `repetitions` times after `warmUps` that don't count, one after the other, each round in the other direction.
 * Throws when a repetition doesn't say what its side owes.
 */
export async function takeTurns(
  sides: readonly Side[],
  { repetitions, warmUps = 1, tell = console.error, kept }: TurnOptions,
): Promise<MeasuredSide[]> {
  const measured = sides.map((): Repetition[] => []);
  for (let round = -warmUps; round < repetitions; round++) {
    const before = kept?.of(round);
    if (before !== undefined) {
      for (const [at, repetition] of before.entries()) measured[at]!.push(repetition);
      continue;
    }
    const order = [...sides.keys()];
    // Whoever goes first meets another machine: by turns.
    for (const at of round % 2 === 0 ? order : order.reverse()) {
      const side = sides[at]!;
      const repetition = await side.run(round);
      checkOwed(side, repetition);
      if (round < 0) continue;
      measured[at]!.push(repetition);
      tell(`  round ${round + 1}: ${side.name}: ${toldShortly(repetition)}`);
    }
    if (round >= 0)
      kept?.keep(
        round,
        measured.map((repetitions) => repetitions.at(-1)!),
      );
  }
  return sides.map(({ name, threads }, at) => ({ name, threads, repetitions: measured[at]! }));
}

function checkOwed({ name, owes = {} }: Side, { facts }: Repetition): void {
  for (const [fact, owed] of Object.entries(owes)) {
    const [least, most] = typeof owed === 'number' ? [owed, owed] : owed;
    const said = facts[fact];
    // NaN is in no range.
    if (said === undefined || !(said >= least && said <= most))
      throw new Error(`bench: ${name}: ${fact} must be from ${least} to ${most}, got ${said}`);
  }
}

/** Times work of this process: CPU of all its threads, and the wall. What `work` answers are the facts. */
export async function timed(
  work: () => Promise<Record<string, number>> | Record<string, number>,
): Promise<Repetition> {
  const cpu = process.cpuUsage();
  const wall = performance.now();
  const facts = await work();
  const wallSeconds = (performance.now() - wall) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { cpuSeconds: (user + system) / 1e6, wallSeconds, facts };
}

/** Adds to a measured repetition what is found out when the clock has stopped, such as the AUC. */
export const withFacts = (repetition: Repetition, facts: Readonly<Record<string, number>>): Repetition => ({
  ...repetition,
  facts: { ...repetition.facts, ...facts },
});

/** A quantity of one side, with its range over the repetitions. */
export function figureOf(
  what: string,
  values: readonly number[],
  unit: string,
  owed: Pick<Figure, 'atLeast' | 'atMost'> = {},
): Figure {
  if (values.length === 0 || values.some((value) => !Number.isFinite(value)))
    throw new Error(`bench: ${what} must be numbers, got ${values.join(', ') || 'none'}`);
  return {
    what,
    value: middle(values),
    least: Math.min(...values),
    most: Math.max(...values),
    unit,
    ...owed,
  };
}

/**
 * The mean of paired differences with their range; owed is at most one standard error of that mean, for a difference that
 * chance explains is none. One pair has no error: nothing is owed.
 */
export function meanWithinError(what: string, differences: Float64Array): Figure {
  const error = standardDeviation(differences, 1) / Math.sqrt(differences.length);
  const figure = figureOf(what, [...differences], '', differences.length > 1 ? { atMost: error } : {});
  return { ...figure, value: mean(differences) };
}

/** How many times less `own` takes than `other`, round by round. */
export function timesLess(
  own: MeasuredSide,
  other: MeasuredSide,
  by: 'cpuSeconds' | 'wallSeconds',
  owed: Pick<Figure, 'atLeast' | 'atMost'> = {},
): Figure {
  const ratios = other.repetitions.map((theirs, round) => theirs[by] / own.repetitions[round]![by]);
  return figureOf(`${by === 'cpuSeconds' ? 'CPU' : 'time'} against ${other.name}`, ratios, 'x', owed);
}

/** The share of the other's time that `own` takes, round by round: 0.65x is faster. */
export function shareOf(
  own: MeasuredSide,
  other: MeasuredSide,
  by: 'cpuSeconds' | 'wallSeconds',
  owed: Pick<Figure, 'atLeast' | 'atMost'> = {},
): Figure {
  const shares = other.repetitions.map((theirs, round) => own.repetitions[round]![by] / theirs[by]);
  return figureOf(`${by === 'cpuSeconds' ? 'CPU' : 'time'} as a share of ${other.name}`, shares, 'x', owed);
}

/** What more threads save by the wall. More than their number is no speed but a run that didn't do its work: refused. */
export function threadSpeedUp(one: MeasuredSide, many: MeasuredSide): Figure {
  const figure = {
    ...timesLess(many, one, 'wallSeconds'),
    what: `wall time of ${one.threads} over ${many.threads} threads`,
  };
  const most = many.threads / one.threads;
  if (figure.value > most)
    throw new Error(
      `bench: ${many.name} is ${figure.value.toFixed(2)} times as fast with ${most} times the threads: some work was left undone or the machine was busy; look, then measure again`,
    );
  return figure;
}

/** Whether a figure holds what it owes; one that owes nothing does. */
export const isHeld = ({ value, atLeast, atMost }: Figure): boolean =>
  !Number.isNaN(value) &&
  !(atLeast !== undefined && value < atLeast) &&
  !(atMost !== undefined && value > atMost);

/** One fact of every repetition, in order. */
export const factsOf = ({ repetitions }: MeasuredSide, fact: string): number[] =>
  repetitions.map(({ facts }) => facts[fact] ?? Number.NaN);

export const middle = (values: readonly number[]): number => median(Float64Array.from(values));

function toldShortly({ cpuSeconds, wallSeconds, facts }: Repetition): string {
  const more = Object.entries(facts).map(([name, value]) => `${name} ${Number(value.toPrecision(5))}`);
  return [`${cpuSeconds.toFixed(3)} s CPU`, `${wallSeconds.toFixed(3)} s`, ...more].join(', ');
}
