/** A share of something: `10%` or `0.1`. */
import { ParamError } from '../base/errors.ts';
import { printable } from '../base/text.ts';
import { type CommandCall, textOption } from './command.ts';
import { kebab } from './parse.ts';

/** From 0 to 1, or undefined when the option was not given. */
export function shareOption(call: CommandCall, name: string): number | undefined {
  const text = textOption(call, name);
  if (text === undefined) return undefined;
  const [, digits, sign] = /^(\d{1,9}(?:\.\d{1,9})?|\.\d{1,9})\s?(%?)$/.exec(text.trim()) ?? [];
  const value = digits === undefined ? Number.NaN : Number(digits) / (sign === '%' ? 100 : 1);
  if (value >= 0 && value <= 1) return value;
  throw new ParamError(
    'usage.argument',
    `--${kebab(name)} must be a share such as 10% or 0.1, got ${printable(text)}`,
    { option: kebab(name) },
  );
}
