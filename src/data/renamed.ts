/**
 * Which column of a table is a missing one under another name, and which columns hold what others should.
 *
 * Names and values are both asked. A near name is offered, with whether the values fit; far names are offered only
 * where the values fit almost exactly and no other column does. A column is offered once, the best pair first.
 * O(missing x candidates).
 */
import { nameLikeness } from './name-likeness.ts';

export interface Renamed {
  readonly column: string;
  /** A column that the contract does not name and that may be it; null without one. */
  readonly nearest: string | null;
  /** What speaks for it. */
  readonly by: 'name' | 'contents' | 'name and contents' | null;
  /** How well its values fit, 0 to 1; null where they were not looked at, or say nothing. */
  readonly fit: number | null;
}

/** How well the values of a candidate fit a missing column; null where nothing can be said. */
export type FitOf = (missing: string, candidate: string) => number | null;

const nearName = 0.65;
/** A name that shares a word or half of its letters, when the values say the rest. */
const halfName = 0.45;
const goodFit = 0.6;
/** Values alone: so well, and so much better than the next. */
const sureFit = 0.9;
const sureLead = 0.1;
const unknownFit = 0.5;

export function findRenamed(
  missing: readonly string[],
  candidates: readonly string[],
  fitOf: FitOf = () => null,
): Renamed[] {
  const pairs = missing.flatMap((column, m) => {
    const fits = candidates.map((candidate) => fitOf(column, candidate));
    return candidates.flatMap((nearest, c) => {
      const likeness = nameLikeness(column, nearest);
      const fit = fits[c]!;
      const by = reason(likeness, fit, isAlone(fits, c));
      return by === null ? [] : [{ column, nearest, by, fit, m, c, rank: likeness + (fit ?? unknownFit) }];
    });
  });
  pairs.sort((a, b) => b.rank - a.rank || a.m - b.m || a.c - b.c);
  const found = new Map<string, Renamed>();
  const taken = new Set<string>();
  for (const { column, nearest, by, fit } of pairs) {
    if (found.has(column) || taken.has(nearest)) continue;
    taken.add(nearest);
    found.set(column, { column, nearest, by, fit });
  }
  return missing.map((column) => found.get(column) ?? { column, nearest: null, by: null, fit: null });
}

function reason(likeness: number, fit: number | null, isAloneInFit: boolean): Renamed['by'] {
  if (likeness >= halfName && fit !== null && fit >= goodFit) return 'name and contents';
  if (likeness >= nearName) return 'name';
  return fit !== null && fit >= sureFit && isAloneInFit ? 'contents' : null;
}

const isAlone = (fits: readonly (number | null)[], c: number): boolean =>
  fits.every((fit, other) => other === c || (fit ?? 0) <= (fits[c] ?? 0) - sureLead);

export interface Misplaced {
  readonly column: string;
  /** Whose values it seems to hold. */
  readonly looksLike: string;
}

/** Values that fit their own column less than this may be another's... */
export const strangeFit = 0.8;
/** ...when they fit that one by so much better. */
const misplacedLead = 0.3;

/**
 * Columns whose values do not fit themselves but fit another that does not fit itself either: names that were swapped, or
 * moved by one column. `fitOf(a, b)`: how well the values of b fit a.
 */
export function findMisplaced(columns: readonly string[], fitOf: FitOf): Misplaced[] {
  const strange = columns.filter((name) => (fitOf(name, name) ?? 1) < strangeFit);
  const found = strange.map((column) => {
    const others = strange.filter((other) => other !== column);
    const fits = others.map((other) => fitOf(other, column) ?? 0);
    const best = fits.indexOf(Math.max(...fits));
    const needed = Math.max(sureFit, (fitOf(column, column) ?? 1) + misplacedLead);
    return (fits[best] ?? 0) >= needed ? { column, looksLike: others[best]! } : null;
  });
  return found.filter((one) => one !== null);
}
