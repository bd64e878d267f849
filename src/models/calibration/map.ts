/**
 * A calibration map: from the score of a model to the probability that holds.
 *
 * `sigmoid` works on log-odds, so a model that is right already is left as it is (slope 1, offset 0). `isotonic` works
 * on the score; its values stay 1 / (rows + 2) away from 0 and 1, for no number of rows proves certainty.
 */
import { log } from '../../math/exp-log.ts';
import { logit, sigmoid } from '../../math/sigmoid.ts';
import { fitIsotonic, isotonicAt } from './isotonic.ts';
import { fitPlatt } from './platt.ts';

export const calibrationMethods = ['sigmoid', 'isotonic'] as const;
export type CalibrationMethod = (typeof calibrationMethods)[number];

export type CalibrationMap =
  | {
      readonly method: 'sigmoid';
      readonly slope: number;
      readonly offset: number;
      /** Log-odds beyond this, either way, count as this. */
      readonly most: number;
    }
  | { readonly method: 'isotonic'; readonly knots: Float64Array; readonly values: Float64Array };

/** Learns a map from scores of customers that the model has not learned from. */
export function fitMap(
  method: CalibrationMethod,
  scores: Float64Array,
  labels: ArrayLike<number>,
  weights: Float64Array,
): CalibrationMap {
  let total = 0;
  for (const weight of weights) total += weight;
  if (method === 'isotonic') {
    const { knots, values } = fitIsotonic(scores, labels, weights);
    const edge = 1 / (total + 2);
    return { method, knots, values: values.map((value) => Math.max(edge, Math.min(1 - edge, value))) };
  }
  // Scores of 0 and 1 have endless log-odds. The square of what so many rows could tell apart leaves all others alone.
  const most = 2 * log(total + 2);
  const margins = scores.map((score) => clamp(logit(score), most));
  return { method, ...fitPlatt(margins, labels, weights), most };
}

/** The calibrated probabilities. */
export function applyMap(map: CalibrationMap, scores: Float64Array): Float64Array {
  if (map.method === 'isotonic') return scores.map((score) => isotonicAt(map, score));
  return scores.map((score) => sigmoid(calibratedLogOdds(map, logit(score))));
}

/** Log-odds after a sigmoid, from log-odds before. */
export const calibratedLogOdds = (
  { slope, offset, most }: CalibrationMap & { method: 'sigmoid' },
  logOdds: number,
): number => slope * clamp(logOdds, most) + offset;

const clamp = (value: number, most: number): number => Math.max(-most, Math.min(most, value));
