/** A level of a category is recorded under a name that was never seen, at size 1 wherever it stood. */
import { happens } from '../causal.ts';
import type { DriftDefinition } from './definition.ts';

export const newLevel: DriftDefinition = {
  id: 'new-level',
  title: 'A level of a category gets a name never seen before.',
  isGradual: false,
  plan: ({ level }) => ({
    column: level.column,
    change: `${level.from} is now ${level.to}`,
    measure: 'share of the new level',
    newLevel: level.to,
    record: (value, size, random) => (value === level.from && happens(random, size) ? level.to : value),
  }),
};
