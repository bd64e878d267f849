/** A day or a time as an option; apart from the other words, as it needs more than the help may load. */
import { ParamError } from '../base/errors.ts';
import { printable } from '../base/text.ts';
import { parseIsoTime } from '../table/rows.ts';
import { type CommandCall, textOption } from './command.ts';
import { kebab } from './parse.ts';

/** A moment as epoch milliseconds: a day is its first moment, and without a zone it is UTC. */
export function momentOption(call: CommandCall, name: string): number | undefined {
  const text = textOption(call, name);
  if (text === undefined) return undefined;
  const moment = parseIsoTime(text);
  if (!Number.isNaN(moment)) return moment;
  throw new ParamError(
    'usage.argument',
    `--${kebab(name)} must be a day or a time such as 2026-01-31 or 2026-01-31T12:00Z, got ${printable(text)}`,
    { option: kebab(name) },
  );
}
