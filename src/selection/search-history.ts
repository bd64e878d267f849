/** What a search tells of itself, for summary, manifest and report: plain data. */
import type { Plain } from '../base/plain.ts';
import { meanOf } from './one-standard-error.ts';
import type { SearchResult } from './run-search.ts';
import type { Origin, Outcome, Resource } from './search-method.ts';

export interface TrialFacts {
  readonly number: number;
  readonly model: string;
  readonly params: Plain;
  /** What differs from the `preprocess` section as it is written, where that was searched. */
  readonly preparation?: Plain;
  /** The how manieth time the same was fitted once more; none for the first. */
  readonly repeat?: number;
  readonly origin: Origin;
  /** Share of rows or iterations that it was given. */
  readonly share: number;
  readonly outcome: Outcome;
  /** The metric of the folds that it was tried on. */
  readonly folds: readonly number[];
  /** Null where it was cut before the first fold. */
  readonly mean: number | null;
  /** CPU seconds. */
  readonly seconds: number;
}

/** One rung of successive halving. */
export interface RungFacts {
  readonly share: number;
  readonly trials: number;
}

export interface SearchFacts {
  readonly method: string;
  readonly metric: string;
  readonly higherIsBetter: boolean;
  /** Trials that would have been tried at most. */
  readonly most: number;
  readonly isCut: boolean;
  /** Fits that were taken from a run that was interrupted. */
  readonly resumedFits: number;
  /** Whether earlier runs of the project may be asked; how many of their best candidates were. */
  readonly warmStart: boolean;
  readonly fromEarlierRuns: number;
  readonly resource: Resource | null;
  readonly rungs: readonly RungFacts[];
  readonly trials: readonly TrialFacts[];
  /** Training and validation rows, where the winner was fitted on both once more in the end. */
  readonly refitRows?: number;
}

export function searchFacts(
  { trials, isCut, most, resumed }: SearchResult,
  about: {
    readonly method: string;
    readonly metric: { readonly id: string; readonly higherIsBetter: boolean };
    readonly warmStart: boolean;
    readonly resource: Resource;
  },
): SearchFacts {
  const shares = [...new Set(trials.map(({ share }) => share))];
  return {
    method: about.method,
    metric: about.metric.id,
    higherIsBetter: about.metric.higherIsBetter,
    most,
    isCut,
    resumedFits: resumed,
    warmStart: about.warmStart,
    fromEarlierRuns: trials.filter(({ origin }) => origin === 'earlier').length,
    resource: shares.length > 1 ? about.resource : null,
    rungs: shares.map((share) => ({ share, trials: trials.filter((trial) => trial.share === share).length })),
    trials: trials.map(({ number, candidate, origin, share, outcome, folds, seconds }) => ({
      number,
      model: candidate.id,
      params: candidate.params,
      ...(candidate.preparation !== undefined && { preparation: candidate.preparation }),
      ...(candidate.repeat !== undefined && { repeat: candidate.repeat }),
      origin,
      share,
      outcome,
      folds,
      mean: folds.length > 0 ? meanOf(folds) : null,
      seconds,
    })),
  };
}

/** The best mean of a whole trial up to each trial; trials before the first whole one have none. */
export function bestSoFar({ trials, higherIsBetter }: SearchFacts): { trial: number; best: number }[] {
  const curve: { trial: number; best: number }[] = [];
  for (const { number, outcome, share, mean } of trials) {
    const before = curve.at(-1)?.best;
    const counts = outcome === 'whole' && share === 1 && mean !== null;
    const isBetter = counts && (before === undefined || (higherIsBetter ? mean > before : mean < before));
    const best = isBetter ? mean : before;
    if (best !== undefined) curve.push({ trial: number, best });
  }
  return curve;
}
