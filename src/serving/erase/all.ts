/** The places of this room where customers are named, in the order in which they are erased. */
import type { ErasePlace } from '../../store/erase/erase-place.ts';
import { jobsPlace } from './jobs.ts';
import { outcomesPlace } from './outcomes.ts';
import { predictionValuesPlace } from './prediction-values.ts';
import { predictionsPlace } from './predictions.ts';

export const servingErasePlaces: readonly ErasePlace[] = [
  outcomesPlace,
  predictionValuesPlace,
  predictionsPlace,
  jobsPlace,
];
