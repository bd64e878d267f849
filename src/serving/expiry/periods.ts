/**
 * How long the prediction log keeps what is about persons: values first, and longer, whom a prediction was about.
 * Without a word it keeps both.
 */
import { ParamError } from '../../base/errors.ts';
import { printable } from '../../base/text.ts';

export interface Periods {
  /** Days that values and their hash are kept; null for always. */
  readonly valuesDays: number | null;
  /** Days that a row says which customer it is of; null for always. */
  readonly idsDays: number | null;
}

export const dayMs = 86_400_000;
/** A hundred years: longer is a mistake. */
const mostDays = 36_500;

/** `HOLDFAST_RETENTION_DAYS` and `HOLDFAST_RETENTION_ID_DAYS`. */
export function periodsFrom(env: Readonly<Record<string, string | undefined>>): Periods {
  const valuesDays = daysOf('HOLDFAST_RETENTION_DAYS', env);
  const idsDays = daysOf('HOLDFAST_RETENTION_ID_DAYS', env);
  if (idsDays !== null && (valuesDays === null || valuesDays > idsDays)) {
    throw new ParamError(
      'usage.argument',
      `HOLDFAST_RETENTION_DAYS must be at most HOLDFAST_RETENTION_ID_DAYS, ${idsDays}, got ${valuesDays ?? 'nothing'}: values are of nobody once the id is gone; set it to ${idsDays} or fewer`,
      { option: 'HOLDFAST_RETENTION_DAYS' },
    );
  }
  return { valuesDays, idsDays };
}

function daysOf(name: string, env: Readonly<Record<string, string | undefined>>): number | null {
  const text = env[name] ?? '';
  if (text === '') return null;
  const days = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  if (days >= 1 && days <= mostDays) return days;
  throw new ParamError(
    'usage.argument',
    `${name} must be a whole number of days from 1 to ${mostDays}, got ${printable(text)}; unset it to keep everything`,
    { option: name },
  );
}
