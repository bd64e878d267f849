/**
 * Other customers come: small values of one recorded column become more frequent, the reasons for leaving stay as they were.
 * Of two customers the one with the smaller value stands in the row, which leaves the outcome given the records untouched.
 */
import { happens } from '../causal.ts';
import type { DriftDefinition, DriftPlan } from './definition.ts';

export const covariateShift: DriftDefinition = {
  id: 'covariate-shift',
  title: 'Other customers come, the reasons for leaving stay.',
  isGradual: false,
  plan: ({ population }) => smallerOfTwo(population),
};

export const smallerOfTwo = (column: string): DriftPlan => ({
  column,
  change: `of two customers the one with the smaller ${column}`,
  measure: 'mean',
  choose: (candidates, size, random) =>
    happens(random, size) && numberOf(candidates.valueOf(1, column)) < numberOf(candidates.valueOf(0, column))
      ? 1
      : 0,
});

const numberOf = (value: unknown): number => (typeof value === 'number' ? value : Number.NaN);
