/**
 * What a search method is: a pure function from all trials so far to the next ones.
 *
 * It keeps nothing between two calls and asks in rounds whose size doesn't depend on the number of threads. So the same
 * data, seed and project file give the same trials everywhere, and a search that was killed goes on by asking again
 * and taking what was written down for what it has tried before.
 */
import { canonicalJson, type Plain } from '../base/plain.ts';
import type { Random } from '../base/random.ts';
import type { Catalogue } from '../learn/catalogue.ts';
import type { Estimator } from '../learn/definition.ts';
import type { CandidateGrids } from './grid.ts';
import { meanOf } from './one-standard-error.ts';

/** What is tried: a model with its parameters, and how its columns are prepared where that is searched too. */
export interface Candidate extends Estimator {
  /** What differs from the `preprocess` section as it is written; none where it is taken as it stands. */
  readonly preparation?: Plain;
  /** The how manieth time the same is fitted once more with randomness of its own; none for the first. */
  readonly repeat?: number;
}

/** What a trial may be given less of, to cost less. */
export type Resource = 'rows' | 'iterations';

/** Where a candidate came from: written or drawn, a model's defaults, an earlier run, a guess from the trials before or one of them again. */
export type Origin = 'written' | 'drawn' | 'defaults' | 'earlier' | 'guessed' | 'repeated';

export interface TrialRequest {
  readonly candidate: Candidate;
  readonly origin: Origin;
  /** Share of the resource that it is given; 1 for all: only such a trial may win. */
  readonly share: number;
}

/**
 * `whole`: tried on every fold. `behind`, `median`: ended early by that rule. `diverged`: grew beyond all bounds on a fold.
 * `cut`: the budget ended.
 */
export type Outcome = 'whole' | 'behind' | 'median' | 'diverged' | 'cut';

export interface Trial extends TrialRequest {
  /** From 1, in the order asked for. */
  readonly number: number;
  /** The metric of the folds that it was tried on, from the first on. */
  readonly folds: readonly number[];
  readonly outcome: Outcome;
  /** CPU seconds of its fits. */
  readonly seconds: number;
}

/** What every method is asked. */
export interface SearchAsk {
  /** The candidates of the project file. */
  readonly grids: CandidateGrids;
  readonly catalogue: Catalogue;
  /** At most so many trials; `grid` tries all that is written. */
  readonly trials: number;
  /** Ways to prepare columns for a model, beside that of the project file; searched by `auto` alone. */
  readonly preparations?: (model: string) => readonly Plain[];
  readonly random: Random;
  /** 1 where more of the metric is better, -1 where less is. */
  readonly sign: 1 | -1;
  /** Training rows of the smallest fold. */
  readonly rows: number;
  /** What `halving` gives less of. */
  readonly resource: Resource;
  /** The best of earlier runs, best first. */
  readonly earlier: readonly Candidate[];
  /** Whether trials may be ended early: then a method that could ask for everything at once asks in rounds. */
  readonly endsEarly: boolean;
}

/** Rules that end a trial before its last fold. */
export type EarlyEnd = 'behind' | 'median';

export interface SearchMethod {
  /** The value of `train.search.method`. */
  readonly id: string;
  /** What it does, in a line for the project file's page. */
  readonly about: string;
  /** `train.search.trials` where the project file says nothing. */
  readonly usualTrials: number;
  /** Begins with the best of earlier runs of the project. */
  readonly learnsFromEarlier: boolean;
  /** Whether its trials are combined in the end: voted and stacked, the best of all chosen. */
  readonly combines: boolean;
  /** The rules it ends trials by, as `train.search.earlyStop` asks for them; undefined where it says nothing. */
  endsBy(asked: boolean | undefined): readonly EarlyEnd[];
  /** At most so many trials will be asked for. */
  most(ask: SearchAsk): number;
  /** The next trials; none when the search is over. */
  next(past: readonly Trial[], ask: SearchAsk): readonly TrialRequest[];
}

/** A trial's mean, larger is better; that of the folds so far where it has not seen all. */
export const meritOf = (trial: Pick<Trial, 'folds'>, sign: 1 | -1): number => sign * meanOf(trial.folds);

/** Whether it was tried on every fold. */
export const isWhole = ({ outcome }: Pick<Trial, 'outcome'>): boolean => outcome === 'whole';

/** The trials that were tried on every fold, the best first. */
export const rankedWhole = (trials: readonly Trial[], sign: 1 | -1): Trial[] =>
  trials.filter(isWhole).sort((a, b) => meritOf(b, sign) - meritOf(a, sign) || a.number - b.number);

/** Two candidates are one when this text is equal. */
export const candidateKey = (candidate: Candidate): string => canonicalJson(candidate);
