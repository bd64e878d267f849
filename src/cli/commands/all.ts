/** Every command, in the order of the help. */
import type { Command } from '../command.ts';
import { backup } from './backup.ts';
import { compare } from './compare.ts';
import { deployments } from './deployments.ts';
import { doctor } from './doctor.ts';
import { erase } from './erase.ts';
import { evaluate } from './evaluate.ts';
import { explain } from './explain.ts';
import { generate } from './generate.ts';
import { init } from './init.ts';
import { inspect } from './inspect.ts';
import { keys } from './keys.ts';
import { models } from './models.ts';
import { outcomes } from './outcomes.ts';
import { report } from './report.ts';
import { restore } from './restore.ts';
import { score } from './score.ts';
import { serve } from './serve.ts';
import { train } from './train.ts';
import { up } from './up.ts';
import { validate } from './validate.ts';

export const allCommands: readonly Command[] = [
  init,
  inspect,
  train,
  generate,
  validate,
  evaluate,
  compare,
  report,
  score,
  serve,
  up,
  outcomes,
  explain,
  models,
  deployments,
  keys,
  backup,
  restore,
  erase,
  doctor,
];
