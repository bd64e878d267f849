/** `holdfast keys create NAME`: a new key, printed once. */
import { exitCode, ParamError } from '../../../base/errors.ts';
import { didYouMean, printable } from '../../../base/text.ts';
import type { Scope } from '../../../store/keys.ts';
import { type CommandCall, defineCommand, requiredArg, textOption } from '../../command.ts';
import { withApp } from '../../with-app.ts';

export const create = defineCommand({
  id: 'create',
  group: 'Look after it',
  summary: 'make a key; it is printed once and kept nowhere',
  args: [{ name: '<name>', about: 'whose key it is: lower-case letters, digits, dots, hyphens' }],
  options: [
    {
      flags: '--scope <scopes>',
      about: 'score, read, operate, approve, admin; several with commas (needed)',
    },
    {
      flags: '--expires <when>',
      about: 'after so many days, as 90d, or when a day begins, as 2030-01-31, UTC',
    },
  ],
  examples: [
    'holdfast keys create shop --scope score',
    'holdfast keys create nightly --scope score,read --expires 90d --quiet',
  ],
  async run(call) {
    const { createKey, scopes: known } = await import('../../../store/keys.ts');
    const { cliActor } = await import('../../actor.ts');
    const { createdText, keyJson } = await import('../../texts/keys.ts');
    const name = requiredArg(call, 0);
    const scopes = scopesFrom(call, known);
    const made = await withApp(call, async (app) => {
      const now = app.clock.now();
      const expiresAt = expiryFrom(call, now);
      return createKey(
        await app.database(),
        { name, scopes, ...(expiresAt === undefined ? {} : { expiresAt }) },
        { actor: cliActor(), now },
      );
    });
    for (const line of createdText(made.facts)) call.output.progress.step(line);
    call.output.result(made.key, { key: made.key, ...keyJson(made.facts) });
    return exitCode.done;
  },
});

function scopesFrom(call: CommandCall, known: readonly Scope[]): Scope[] {
  const text = textOption(call, 'scope');
  if (text === undefined) {
    throw new ParamError(
      'usage.argument',
      `keys create: --scope is missing; give what the key may do, of ${known.join(', ')}, as --scope score`,
      { option: 'scope' },
    );
  }
  return text.split(',').map((word) => {
    const found = known.find((scope) => scope === word.trim());
    if (found !== undefined) return found;
    throw new ParamError(
      'usage.argument',
      `keys create: --scope must be of ${known.join(', ')}, got ${printable(word.trim()) || 'nothing'}${didYouMean(word, known)}`,
      { option: 'scope' },
    );
  });
}

const dayMs = 86_400_000;
/** A hundred years: longer is a mistake. */
const mostDays = 36_500;

/** The moment from which the key is refused. */
function expiryFrom(call: CommandCall, now: number): number | undefined {
  const text = textOption(call, 'expires');
  if (text === undefined) return undefined;
  const days = /^(\d{1,6})d$/.exec(text)?.[1];
  const moment = days === undefined ? dayOf(text) : now + Number(days) * dayMs;
  if (moment > now && moment <= now + mostDays * dayMs) return moment;
  throw new ParamError(
    'usage.argument',
    `keys create: --expires must be days from now, 1d to ${mostDays}d, or a day to come such as 2030-01-31, got ${printable(text)}`,
    { option: 'expires' },
  );
}

/** The beginning of a day, UTC; NaN for what is none. */
function dayOf(text: string): number {
  const moment = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN;
  // 2026-02-30 is taken for a day of March.
  return !Number.isNaN(moment) && new Date(moment).toISOString().startsWith(text) ? moment : Number.NaN;
}
