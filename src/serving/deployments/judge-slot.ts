/**
 * Whether a new slot has to go: more errors, slower answers or other scores than it may have, once there is enough
 * to tell. Score shift is the population stability index over twenty bins, each count raised by a half so that an
 * empty bin is finite. Of two samples of one distribution it is (1/n + 1/m) times a chi-square of bins - 1 degrees of
 * freedom (Yurdakul and Naranjo, Statistical properties of the population stability index, 2020); what chance alone
 * could make once in a million looks is no shift.
 */
import { z } from 'zod';
import { type SlotMeasures, scoreBins } from './slot-window.ts';

export const watchLimits = z.strictObject({
  windowSeconds: z.int().min(5).max(3600).default(60).describe('How far back is looked.'),
  atLeast: z.int().min(10).default(100).describe('Answers of the new slot before it is judged.'),
  errorRate: z.number().min(0).max(1).default(0.02).describe('Largest share of failed requests.'),
  p95Ms: z
    .number()
    .gt(0)
    .default(500)
    .describe('Largest 95th percentile of the answering time, milliseconds.'),
  scoreShift: z
    .number()
    .gt(0)
    .default(0.25)
    .describe('Largest population stability index of the scores against the other slot.'),
});
export type WatchLimits = z.infer<typeof watchLimits>;

export type Breach = 'error-rate' | 'latency' | 'score-shift';

export interface Judgement {
  readonly breach: Breach;
  readonly value: number;
  readonly limit: number;
}

/** The first limit that the new slot passes; null while it may stay, or while too little is known. */
export function judgeSlot(fresh: SlotMeasures, other: SlotMeasures, limits: WatchLimits): Judgement | null {
  const requests = fresh.answers + fresh.errors;
  if (requests < limits.atLeast) return null;
  const errorRate = fresh.errors / requests;
  if (errorRate > limits.errorRate)
    return { breach: 'error-rate', value: errorRate, limit: limits.errorRate };
  if (fresh.p95Ms > limits.p95Ms) return { breach: 'latency', value: fresh.p95Ms, limit: limits.p95Ms };
  if (fresh.answers < limits.atLeast || other.answers < limits.atLeast) return null;
  const shift = scoreShift(fresh.scores, other.scores);
  return shift > limits.scoreShift ? { breach: 'score-shift', value: shift, limit: limits.scoreShift } : null;
}

/** Population stability index of two lists of counts; 0 where chance alone could have made it. */
export function scoreShift(a: readonly number[], b: readonly number[]): number {
  const [n, m] = [sum(a), sum(b)];
  let index = 0;
  let filled = 0;
  for (let i = 0; i < scoreBins; i++) {
    if (a[i]! + b[i]! > 0) filled++;
    const p = (a[i]! + 0.5) / (n + 0.5 * scoreBins);
    const q = (b[i]! + 0.5) / (m + 0.5 * scoreBins);
    index += (p - q) * Math.log(p / q);
  }
  return index > rareChiSquare(Math.max(1, filled - 1)) * (1 / n + 1 / m) ? index : 0;
}

/** What a chi-square exceeds once in a million, by the cube root of Wilson and Hilferty (1931). */
function rareChiSquare(degrees: number): number {
  const onceInAMillion = 4.7534;
  const spread = 2 / (9 * degrees);
  return degrees * (1 - spread + onceInAMillion * Math.sqrt(spread)) ** 3;
}

const sum = (counts: readonly number[]): number => counts.reduce((total, one) => total + one, 0);
