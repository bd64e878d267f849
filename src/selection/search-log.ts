/**
 * What a search writes down as lines of JSON, and what a later one reads from them.
 *
 * A run begins with a line about itself, then one line a finished fit, and at its end, when its model is saved, one that
 * says so. What stands after the last end belongs to a run that was killed. Two runs of the same search may write into the
 * same log: equal fits are equal lines. Lines that are none of these (torn, foreign) are passed over.
 */
import { z } from 'zod';
import type { Plain } from '../base/plain.ts';
import { meanOf } from './one-standard-error.ts';
import type { RecordedFit } from './open-trial.ts';
import { type Candidate, candidateKey } from './search-method.ts';

const parameters = z.custom<Plain>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
);
const estimator = z
  .strictObject({
    id: z.string(),
    params: parameters,
    preparation: parameters.optional(),
    repeat: z.int().min(1).optional(),
  })
  // A key that is not there is not there: no undefined comes out of JSON.
  .transform((value) => value as Candidate);
const begun = z.strictObject({
  run: z.literal('begun'),
  project: z.string(),
  /** Hash of the columns that are learned from, and of the target. */
  columns: z.string(),
  metric: z.string(),
  folds: z.int().min(1),
  /** Epoch milliseconds. */
  at: z.number(),
  /** The best of earlier runs, as this one began with them. */
  earlier: z.array(estimator),
});
const fit = z.strictObject({
  candidate: estimator,
  share: z.number(),
  fold: z.int().min(0),
  /** Null where the fit diverged. */
  value: z.number().nullable(),
  seconds: z.number(),
  /** Milliseconds that the search had taken by then, without the time between a kill and the next start. */
  spent: z.number(),
});
const ended = z.strictObject({ run: z.literal('ended') });
const line = z.union([fit, begun, ended]);

export type SearchLine = z.infer<typeof line>;
export type BegunRun = z.infer<typeof begun>;

/** A run that was interrupted: what it has tried, and how long that took. */
export interface Interrupted {
  readonly begun: BegunRun;
  readonly fits: readonly RecordedFit[];
  readonly spentMs: number;
}

const readLines = (values: readonly unknown[]): SearchLine[] =>
  values.flatMap((value) => line.safeParse(value).data ?? []);

/** The run that did not come to its end; undefined where all did. */
export function interruptedRun(values: readonly unknown[]): Interrupted | undefined {
  const lines = readLines(values);
  const open = lines.slice(lines.findLastIndex((one) => 'run' in one && one.run === 'ended') + 1);
  const first = open.find((one) => 'run' in one && one.run === 'begun') as BegunRun | undefined;
  if (!first) return undefined;
  const fits = open.filter((one) => 'fold' in one);
  return { begun: first, fits, spentMs: fits.reduce((most, { spent }) => Math.max(most, spent), 0) };
}

/** Which runs may be learned from. */
export type Kin = Pick<BegunRun, 'project' | 'columns' | 'metric'>;

const runsAsked = 5;
const bestOfEach = 3;
const mostEarlier = 5;

/**
 * The best candidates of the newest earlier runs of the same project on the same columns by the same metric: the best of
 * each, then their second best. Only candidates that were tried on every fold and all rows count.
 */
export function bestOfEarlier(logs: readonly (readonly unknown[])[], kin: Kin, sign: 1 | -1): Candidate[] {
  const runs = logs
    .flatMap((values) => {
      const lines = readLines(values);
      const head = lines.findLast((one) => 'run' in one && one.run === 'begun') as BegunRun | undefined;
      const isKin =
        head?.project === kin.project && head.columns === kin.columns && head.metric === kin.metric;
      return isKin ? [{ at: head.at, best: bestCandidates(lines, head.folds, sign) }] : [];
    })
    .sort((a, b) => b.at - a.at)
    .slice(0, runsAsked);
  const chosen = new Map<string, Candidate>();
  for (let place = 0; place < bestOfEach; place++) {
    for (const { best } of runs) {
      const candidate = best[place];
      if (candidate && chosen.size < mostEarlier) chosen.set(candidateKey(candidate), candidate);
    }
  }
  return [...chosen.values()];
}

function bestCandidates(lines: readonly SearchLine[], folds: number, sign: 1 | -1): Candidate[] {
  const tried = new Map<string, { candidate: Candidate; values: Map<number, number> }>();
  for (const one of lines) {
    if (!('fold' in one) || one.share !== 1 || one.candidate.repeat !== undefined || one.value === null)
      continue;
    const key = candidateKey(one.candidate);
    const known = tried.get(key) ?? { candidate: one.candidate, values: new Map<number, number>() };
    known.values.set(one.fold, one.value);
    tried.set(key, known);
  }
  return [...tried]
    .filter(([, { values }]) => values.size === folds)
    .map(([key, { candidate, values }]) => ({ key, candidate, merit: sign * meanOf([...values.values()]) }))
    .sort((a, b) => b.merit - a.merit || (a.key < b.key ? -1 : 1))
    .map(({ candidate }) => candidate);
}
