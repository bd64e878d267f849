/** Every kind of drift. A new one is a file beside this and a line here. */
import { conceptChange } from './concept-change.ts';
import { covariateShift } from './covariate-shift.ts';
import type { DriftDefinition } from './definition.ts';
import { gradualShift } from './gradual-shift.ts';
import { missingColumn } from './missing-column.ts';
import { newLevel } from './new-level.ts';
import { priorShift } from './prior-shift.ts';
import { unitChange } from './unit-change.ts';

export const allDrifts: readonly DriftDefinition[] = [
  covariateShift,
  gradualShift,
  priorShift,
  conceptChange,
  missingColumn,
  unitChange,
  newLevel,
];
