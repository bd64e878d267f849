/** What a fit is handed besides data and parameters. */
import type { Clock } from '../base/clock.ts';
import type { ParallelMap } from '../base/parallel.ts';
import type { Plain } from '../base/plain.ts';
import type { Random } from '../base/random.ts';
import type { Dataset } from '../table/dataset.ts';
import type { Catalogue } from './catalogue.ts';
import type { FittedClassifier } from './definition.ts';

/** Something a person should know that is no error: a dropped column, a fit that did not converge. */
export interface Note {
  readonly code: string;
  readonly message: string;
  readonly column?: string;
}

/** One independent fit: plain data, so that any thread can do it. `stream` is the path of its random stream. */
export interface FitJob {
  readonly id: string;
  readonly params: Plain;
  readonly data: Dataset;
  readonly stream: string;
  /** A fit still under way at this moment of the clock (epoch milliseconds) ends with `search.over`. */
  readonly endsAt?: number;
}

/** Asked between two steps of a long fit: throws when the fit is to end. */
export type Stopper = Pick<AbortSignal, 'throwIfAborted'>;

export interface FitAnswer {
  readonly fitted: FittedClassifier;
  readonly notes: readonly Note[];
  /** CPU seconds the fit took in its thread. */
  readonly cpuSeconds: number;
}

export interface Context {
  readonly random: Random;
  readonly clock: Clock;
  readonly catalogue: Catalogue;
  /** Fits jobs, perhaps in other threads; answers in the order of the jobs. */
  readonly map: ParallelMap<FitJob, FitAnswer>;
  /** Adds a note to the fit report. */
  note(note: Note): void;
  readonly signal?: Stopper;
}
