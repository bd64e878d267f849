/**
 * What a metric is: one number that says how good scores or decisions are, with what is needed to report it.
 *
 * `compute` makes one pass over a prepared sample and honours its counts, so a bootstrap replicate costs O(rows).
 * `textbook` is the same number by its slow definition, on rows that count once: the common checks compare the two.
 */
import type { Random } from '../base/random.ts';
import type { Skip } from '../learn/definition.ts';
import type { Interval } from './interval.ts';
import type { Sample } from './sample.ts';

/** A row as a textbook has it. */
export interface JudgedRow {
  readonly label: number;
  readonly score: number;
  /** Score at or above the threshold: called churn. */
  readonly called: boolean;
}

/**
 * How the 95% interval is made. `bootstrap`: percentiles of redrawn samples, shared by all metrics that use them.
 * The others answer for themselves: `delong` (ROC-AUC), `wilson` (shares), `noise-inversion` (calibration error).
 */
export type IntervalMethod =
  | { readonly method: 'bootstrap' }
  | {
      readonly method: 'delong' | 'wilson' | 'noise-inversion';
      intervalOf(sample: Sample, random: Random): Interval;
    };

export interface MetricSpec<Key extends string = string> {
  /** Kebab-case, the file's name. */
  readonly id: string;
  /** As a person reads it. */
  readonly title: string;
  /** Its key in JSON. */
  readonly jsonKey: Key;
  /** One sentence for someone who is no statistician. */
  readonly about: string;
  readonly higherIsBetter: boolean;
  /** The value of a faultless model. */
  readonly best: number;
  /** The value that no model falls behind. */
  readonly worst: number;
  /** Judged from the scores, or from the decisions at the threshold. */
  readonly needs: 'scores' | 'decisions';
  /** One of the nine of the frozen hold-out shape. */
  readonly core: boolean;
  readonly interval: IntervalMethod;
  compute(sample: Sample): number;
  textbook(rows: readonly JudgedRow[]): number;
  readonly skips?: readonly Skip[];
}

export type Metric<Key extends string = string> = Readonly<MetricSpec<Key>>;

export const defineMetric = <const Key extends string>(spec: MetricSpec<Key>): Metric<Key> =>
  Object.freeze(spec);
