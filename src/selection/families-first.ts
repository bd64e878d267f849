/** Of ranked trials the first few of every family before more of any, so that no family is pushed out by near copies. */
import type { Trial } from './search-method.ts';

const firstOfFamily = 5;

/** In the order given but for that. O(trials). */
export function familiesFirst<T extends Pick<Trial, 'candidate'>>(ranked: readonly T[]): T[] {
  const taken = new Map<string, number>();
  const [first, rest]: [T[], T[]] = [[], []];
  for (const trial of ranked) {
    const { id } = trial.candidate;
    const before = taken.get(id) ?? 0;
    taken.set(id, before + 1);
    (before < firstOfFamily ? first : rest).push(trial);
  }
  return [...first, ...rest];
}
