/** Different candidates drawn from the search space, models taking turns: what `random` tries, and how other methods begin. */
import type { Random } from '../base/random.ts';
import { type Candidate, candidateKey, type Origin, type TrialRequest } from './search-method.ts';
import { defaultCandidate, drawCandidate, type Family, familyOf, startCandidates } from './search-space.ts';

/** In a row, before a model counts as drawn out: everything it can be has then very likely been drawn. */
const mostRepeats = 50;

/**
 * Up to `trials` different candidates, none of them `known`. The same stream draws the same ones; more trials add to
 * fewer; a model without anything to draw is a single candidate.
 */
export function drawCandidates(
  space: readonly Family[],
  trials: number,
  random: Random,
  known: readonly Candidate[] = [],
): Candidate[] {
  const seen = new Set(known.map(candidateKey));
  const families = space.map((family) => ({ family, random: random.fork(family.id), isDrawnOut: false }));
  const drawn: Candidate[] = [];
  while (drawn.length < trials && families.some(({ isDrawnOut }) => !isDrawnOut)) {
    for (const one of families) {
      if (one.isDrawnOut || drawn.length === trials) continue;
      one.isDrawnOut = true;
      for (let attempt = 0; attempt < mostRepeats && one.isDrawnOut; attempt++) {
        const candidate = drawCandidate(one.family, one.random);
        const key = candidateKey(candidate);
        if (seen.has(key)) continue;
        seen.add(key);
        drawn.push(candidate);
        one.isDrawnOut = false;
      }
    }
  }
  return drawn;
}

/**
 * How a search that learns begins: the best of earlier runs, each model's defaults and what else is known to be good, then drawn ones.
 * Defaults that an earlier run found good too count as defaults, which are tried in any case.
 */
export function openingCandidates(
  space: readonly Family[],
  trials: number,
  random: Random,
  earlier: readonly Candidate[] = [],
): TrialRequest[] {
  const requests = new Map<string, TrialRequest>();
  const add = (candidate: Candidate, origin: Origin): void => {
    const key = candidateKey(candidate);
    if (requests.has(key) ? origin === 'defaults' : requests.size < trials)
      requests.set(key, { candidate, origin, share: 1 });
  };
  for (const candidate of earlier) if (familyOf(space, candidate)) add(candidate, 'earlier');
  for (const family of space) add(defaultCandidate(family), 'defaults');
  for (const family of space) for (const candidate of startCandidates(family)) add(candidate, 'defaults');
  const known = [...requests.values()].map(({ candidate }) => candidate);
  for (const candidate of drawCandidates(space, trials - known.length, random, known))
    add(candidate, 'drawn');
  return [...requests.values()];
}
