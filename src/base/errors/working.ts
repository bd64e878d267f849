/** Work that ends otherwise than planned. */
import { entry } from './entry.ts';

export const workingErrors = {
  'work.stopped': entry(
    'UnavailableError',
    'The work was stopped before its end.',
    'Start it again; nothing was half-written.',
  ),
  'work.worker': entry(
    'UnavailableError',
    'A worker thread died.',
    'Start again with more memory or HOLDFAST_THREADS=1.',
  ),
  'work.memory': entry(
    'UnavailableError',
    'The work needs more memory than there is.',
    'Close other programs, read fewer columns or use a larger machine.',
  ),
  'catalogue.unknown': entry(
    'ParamError',
    'No model or step has this id.',
    'Use one of the ids that the message lists.',
  ),
  'internal.defect': entry(
    'UnavailableError',
    'Holdfast met a defect of its own.',
    'Run again with HOLDFAST_DEBUG=1 and report it.',
  ),
} as const;
