/** How many jobs may run at a time, in all processes of a database together: HOLDFAST_JOBS, else one. */
import { ParamError } from '../../base/errors.ts';
import { printable } from '../../base/text.ts';

/** 0: this process takes up none. Throws `usage.argument`. */
export function mostJobsOf(env: Readonly<Record<string, string | undefined>>): number {
  const text = env.HOLDFAST_JOBS;
  if (text === undefined || text === '') return 1;
  if (/^\d{1,2}$/.test(text)) return Number(text);
  throw new ParamError(
    'usage.argument',
    `HOLDFAST_JOBS must be a whole number from 0 to 99, got ${printable(text)}; unset it for one job at a time`,
    { option: 'HOLDFAST_JOBS' },
  );
}
