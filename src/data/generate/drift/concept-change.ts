/** Customers stay who they are, their reasons for leaving change; as many leave as before. */
import type { DriftDefinition } from './definition.ts';

export const conceptChange: DriftDefinition = {
  id: 'concept-change',
  title: 'The same customers and the same churn rate, but other reasons for leaving.',
  isGradual: false,
  plan: ({ concept }) => ({ column: null, change: concept.change, measure: 'mean', changesConcept: true }),
};
