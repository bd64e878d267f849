/** Options that say when a new slot is sent back. */
import type { WatchLimits } from '../serving/deployments/judge-slot.ts';
import type { CommandCall, CommandOption } from './command.ts';
import { numberOption } from './parse.ts';
import { shareOption } from './parse-share.ts';

export const watchLimitOptions: readonly CommandOption[] = [
  { flags: '--error-rate <share>', about: 'sent back when more requests fail (default 2%)' },
  { flags: '--p95 <ms>', about: 'sent back when the 95th percentile of its answers is slower (default 500)' },
  {
    flags: '--score-shift <psi>',
    about: 'sent back when its scores shift more, as population stability index (default 0.25)',
  },
  { flags: '--window <seconds>', about: 'how far back is looked (default 60)' },
  { flags: '--at-least <n>', about: 'answers before it is judged (default 100)' },
];

/** Those that were given. */
export function watchLimitsOf(call: CommandCall): Partial<WatchLimits> {
  const given = {
    errorRate: shareOption(call, 'errorRate'),
    p95Ms: numberOption(call, 'p95', { min: 0.001, max: 3_600_000, whole: false }),
    scoreShift: numberOption(call, 'scoreShift', { min: 0.001, max: 1000, whole: false }),
    windowSeconds: numberOption(call, 'window', { min: 5, max: 3600, whole: true }),
    atLeast: numberOption(call, 'atLeast', { min: 10, max: 1_000_000, whole: true }),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
