/** The covariate shift that comes slowly: none on its first day, all of it at the newest snapshot. */
import { smallerOfTwo } from './covariate-shift.ts';
import type { DriftDefinition } from './definition.ts';

export const gradualShift: DriftDefinition = {
  id: 'gradual-shift',
  title: 'Other customers come, a few more every month.',
  isGradual: true,
  plan: ({ population }) => smallerOfTwo(population),
};
