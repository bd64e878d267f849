/**
 * The cutoffs of a back-test: the last is judged, the one before it validates, the others are learned from.
 *
 * A label is known only when its gap and horizon are over. So the validating cutoff lies gap + horizon before the
 * judged one, and the newest training cutoff as far before the validating one: on the day from which a part looks ahead,
 * every label of the part before could have been known. Training cutoffs lie `step` apart; a step below the horizon
 * gives labels that overlap each other, which is allowed, but never those of another part. Half-open throughout: a
 * training label may end at the very moment of the validating cutoff.
 *
 * Takes the newest cutoff as YYYY-MM-DD and whole days. A cutoff whose window would begin before `from` is left out.
 *
 * @example
 * rollingCutoffs({ last: '2010-09-10', count: 3, step: 30, window: 90, gap: 0, horizon: 90 })
 * // { train: ['2010-03-14'], validation: '2010-06-12', test: '2010-09-10' }
 */
import { ParamError } from '../../base/errors.ts';
import { dayMs } from './section.ts';

export interface RollingOptions {
  /** The judged cutoff. */
  readonly last: string;
  /** How many cutoffs in all, at least 3. */
  readonly count: number;
  /** Days between two training cutoffs. */
  readonly step: number;
  readonly window: number;
  readonly gap: number;
  readonly horizon: number;
  /** The log's first day: no window to learn from begins before it. */
  readonly from?: string;
}

export interface RollingCutoffs {
  /** Oldest first. */
  readonly train: readonly string[];
  readonly validation: string;
  readonly test: string;
}

export function rollingCutoffs(options: RollingOptions): RollingCutoffs {
  const { last, count, step, window, gap, horizon, from } = options;
  const test = momentOf('last', last);
  atLeast('count', count, 3);
  atLeast('step', step, 1);
  atLeast('window', window, 1);
  atLeast('gap', gap, 0);
  atLeast('horizon', horizon, 1);
  const first = from === undefined ? Number.NEGATIVE_INFINITY : momentOf('from', from);
  const validation = test - (gap + horizon) * dayMs;
  const newest = validation - (gap + horizon) * dayMs;
  const train = Array.from({ length: count - 2 }, (_, i) => newest - (count - 3 - i) * step * dayMs)
    .filter((cutoff) => cutoff - window * dayMs >= first)
    .map(dayOf);
  if (train.length === 0)
    refuse(
      'last',
      `at least ${window + 2 * (gap + horizon)} days after ${from}, so that a cutoff to learn from fits`,
      last,
    );
  return { train, validation: dayOf(validation), test: last };
}

const dayOf = (moment: number): string => new Date(moment).toISOString().slice(0, 10);

function momentOf(param: string, day: string): number {
  const moment = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(day) : Number.NaN;
  if (Number.isNaN(moment)) refuse(param, 'a day such as 2010-09-10', day);
  return moment;
}

function atLeast(param: string, value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least)
    refuse(param, `a whole number of at least ${least}`, value);
}

function refuse(param: string, allowed: string, received: string | number): never {
  throw new ParamError('param.value', `rolling-cutoffs: ${param} must be ${allowed}, got ${received}`, {
    who: 'rolling-cutoffs',
    param,
  });
}
