/** Words of the command line as typed values; a wrong one is wrong use (exit 2). */
import { ParamError } from '../base/errors.ts';
import { printable } from '../base/text.ts';
import { type CommandCall, textOption } from './command.ts';

/** The number of an option within bounds, or undefined when it was not given. */
export function numberOption(
  call: CommandCall,
  name: string,
  { min, max, whole }: { min: number; max: number; whole: boolean },
): number | undefined {
  const text = textOption(call, name);
  if (text === undefined) return undefined;
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (!(value >= min && value <= max) || (whole && !Number.isInteger(value))) {
    const kind = whole ? 'a whole number' : 'a number';
    throw new ParamError(
      'usage.argument',
      `--${kebab(name)} must be ${kind} from ${min} to ${max}, got ${printable(text)}`,
      {
        option: kebab(name),
      },
    );
  }
  return value;
}

/** One of the words allowed, or undefined when it was not given. */
export function choiceOption<const T extends string>(
  call: CommandCall,
  name: string,
  allowed: readonly T[],
): T | undefined {
  const text = textOption(call, name);
  if (text === undefined) return undefined;
  const found = allowed.find((word) => word === text);
  if (found === undefined) {
    throw new ParamError(
      'usage.argument',
      `--${kebab(name)} must be one of ${allowed.join(', ')}, got ${printable(text)}`,
      {
        option: kebab(name),
      },
    );
  }
  return found;
}

/** A day as YYYY-MM-DD, or undefined when it was not given. */
export function dayOption(call: CommandCall, name: string): string | undefined {
  const text = textOption(call, name);
  if (text === undefined) return undefined;
  const moment = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN;
  // 2026-02-30 is taken for a day of March.
  if (!Number.isNaN(moment) && new Date(moment).toISOString().startsWith(text)) return text;
  throw new ParamError(
    'usage.argument',
    `--${kebab(name)} must be a day such as 2026-01-31, got ${printable(text)}`,
    { option: kebab(name) },
  );
}

/** A value as the file's JSON would hold it: `1` a number, `true` a boolean, `Yes` a text. */
export function scalarOf(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  const value = Number(text);
  return Number.isFinite(value) && String(value) === text ? value : text;
}

export const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
