/** What a server asks of every version, whatever the version says of itself. */
import { ParamError } from '../base/errors.ts';
import { printable } from '../base/text.ts';

/** `HOLDFAST_FOUR_EYES`: 1 or true = somebody else than who registered a version must approve it. */
export function asksFourEyes(env: Readonly<Record<string, string | undefined>>): boolean {
  const word = env.HOLDFAST_FOUR_EYES ?? '';
  if (['', '0', 'false', 'no'].includes(word.toLowerCase())) return false;
  if (['1', 'true', 'yes'].includes(word.toLowerCase())) return true;
  throw new ParamError(
    'usage.argument',
    `HOLDFAST_FOUR_EYES must be true or false, got ${printable(word)}; unset it where one person may do both`,
    { option: 'HOLDFAST_FOUR_EYES' },
  );
}
