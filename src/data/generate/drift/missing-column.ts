/** A source breaks: a column that was always there is missing, at size 1 in every row. */
import { happens } from '../causal.ts';
import type { DriftDefinition } from './definition.ts';

export const missingColumn: DriftDefinition = {
  id: 'missing-column',
  title: 'A column is recorded no longer.',
  isGradual: false,
  plan: ({ missing }) => ({
    column: missing,
    change: 'no longer recorded',
    measure: 'missing share',
    record: (value, size, random) => (happens(random, size) ? null : value),
  }),
};
