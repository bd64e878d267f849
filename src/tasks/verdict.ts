/** What a model says of a customer beside the probability: churn or not, a band, how sure. */
import { type Band, bandOf } from '../evaluation/bands.ts';
import { type Certainty, certaintyOf } from '../evaluation/conformal.ts';
import type { Handled } from './handling.ts';
import type { Manifest } from './manifest.ts';

/** What a score means to its model. */
export interface Judged {
  readonly churnProbability: number;
  /** At the model's threshold. */
  readonly churn: boolean;
  readonly band: Band;
  readonly certainty: Certainty;
}

/** What a model says of one customer. */
export interface Verdict extends Judged {
  /** What was not taken as it came; null when everything was. */
  readonly handled: Handled | null;
}

export function judge(
  churnProbability: number,
  { threshold, bands, conformal }: Pick<Manifest, 'threshold' | 'bands' | 'conformal'>,
): Judged {
  return {
    churnProbability,
    churn: churnProbability >= threshold.value,
    band: bandOf(churnProbability, bands),
    // A model from before the limits were learned has always said so.
    certainty: conformal === null ? 'sure' : certaintyOf(churnProbability, conformal),
  };
}
