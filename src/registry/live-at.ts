/** What an alias pointed at in the past, from the history alone. */
import type { Database } from '../store/database/database.ts';
import { type RecordedEntry, readHistory } from '../store/history.ts';
import type { VersionKey } from './model-version.ts';
import { champion } from './names.ts';

export interface LiveVersion extends VersionKey {
  /** Since when it was there, epoch milliseconds. */
  readonly since: number;
  /** Who put it there. */
  readonly actor: string;
}

/** Which version of each name, or of one, was champion (or had another alias) at a moment; by name. */
export async function liveAt(
  database: Pick<Database, 'db'>,
  moment: number,
  { name, alias = champion }: { readonly name?: string; readonly alias?: string } = {},
): Promise<readonly LiveVersion[]> {
  const subject = name === undefined ? 'model' : `model:${name}`;
  const live = new Map<string, LiveVersion>();
  for (const entry of await readHistory(database, { subject, until: moment })) {
    const move = moveOf(entry, alias);
    if (!move) continue;
    if (move.to === null) live.delete(move.name);
    else live.set(move.name, { name: move.name, version: move.to, since: entry.at, actor: entry.actor });
  }
  return [...live.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * Which version had the alias before the one that has it now; null for none. Setting an alias puts a version on a
 * pile, rolling back takes one off: after 1, 2, 3 two rollbacks lead to 2 and 1.
 */
export function earlierOf(entries: readonly RecordedEntry[], alias: string): number | null {
  const pile: number[] = [];
  for (const entry of entries) {
    const move = moveOf(entry, alias);
    if (!move || move.to === null) continue;
    if (entry.event === 'alias.rolled-back') while (pile.length > 0 && pile.at(-1) !== move.to) pile.pop();
    if (pile.at(-1) !== move.to) pile.push(move.to);
  }
  return pile.at(-2) ?? null;
}

/** Where an entry moves the alias; null for entries about something else. */
function moveOf(
  { event, subject, details }: RecordedEntry,
  alias: string,
): { readonly name: string; readonly to: number | null } | null {
  if (!event.startsWith('alias.') || details.alias !== alias) return null;
  const [, name, version] = subject.split(':');
  return { name: name!, to: event === 'alias.removed' ? null : Number(version) };
}
