/** A number is recorded in another unit, at size 1 in every row. */
import { happens, roundTo } from '../causal.ts';
import type { DriftDefinition } from './definition.ts';

export const unitChange: DriftDefinition = {
  id: 'unit-change',
  title: 'A number is recorded in another unit.',
  isGradual: false,
  plan: ({ unit }) => ({
    column: unit.column,
    change: unit.change,
    measure: 'mean',
    record: (value, size, random) =>
      happens(random, size) && typeof value === 'number' ? roundTo(value * unit.factor, 2) : value,
  }),
};
