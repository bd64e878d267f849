/**
 * A way in which customers, their reasons or their records change from a day on. One thing is changed and the rest held,
 * so that a monitor can be asked whether it tells them apart.
 */
import type { Random } from '../../../base/random.ts';
import type { Value } from '../column-builder.ts';
import type { DriftPlaces } from '../model.ts';

/** The customers of whom one stands in a row: 0 is who would without drift, higher numbers are strangers like any other. */
export interface Candidates {
  valueOf(attempt: number, column: string): Value;
  isChurned(attempt: number): boolean;
}

/** What a kind of drift does to a kind of business. */
export interface DriftPlan {
  /** Where it can be seen; null when in the outcome alone. */
  readonly column: string | null;
  readonly change: string;
  /** What of the column moves. */
  readonly measure: 'mean' | 'missing share' | 'share of the new level';
  /** The number of the candidate who stands in the row. */
  choose?(candidates: Candidates, size: number, random: Random): number;
  /** What has to be added to the log-odds of those chosen for their probability to be true. */
  riskOfChosen?(size: number): number;
  /** The business's change of concept is added to the log-odds, the mean probability held. */
  readonly changesConcept?: boolean;
  /** What is recorded instead of a value. */
  record?(value: Value, size: number, random: Random): Value;
  readonly newLevel?: string;
}

export interface DriftDefinition {
  /** The file's name and the word on the command line. */
  readonly id: string;
  readonly title: string;
  /** Grows evenly from its first day to the newest snapshot; else it is all there at once. */
  readonly isGradual: boolean;
  plan<Customer>(places: DriftPlaces<Customer>): DriftPlan;
}
