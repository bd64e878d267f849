/** Every kind of job that may be asked for. */
import type { JobKind } from '../job-kind.ts';
import { compare } from './compare.ts';
import { evaluate } from './evaluate.ts';
import { explain } from './explain.ts';
import { generate } from './generate.ts';
import { inspect } from './inspect.ts';
import { report } from './report.ts';
import { score } from './score.ts';
import { train } from './train.ts';
import { validate } from './validate.ts';

export const allJobKinds: readonly JobKind[] = [
  train,
  evaluate,
  compare,
  score,
  explain,
  report,
  inspect,
  validate,
  generate,
];
