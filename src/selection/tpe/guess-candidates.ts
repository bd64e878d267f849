/**
 * Candidates guessed from trials: the model is suggested first, then each of its parameters, and how its columns are
 * prepared where that varies, from the trials of that model.
 *
 * The best tenth counts as good. Trials that ended early rank behind all whole ones, the one that got further first; those
 * that diverged are never good, nor are those under way, so that guesses of one round differ. Cost: O(trials) a parameter and guess.
 */
import type { Random } from '../../base/random.ts';
import { drawCandidates } from '../draw-candidates.ts';
import { type Candidate, candidateKey, meritOf, type Trial } from '../search-method.ts';
import { candidateOf, dimensionOf, type Family } from '../search-space.ts';
import { goodCount, suggestPlace, suggestValue } from './suggest.ts';

/** Guesses that were tried before, until one is drawn instead. */
const mostRepeats = 20;

/** Up to `count` different candidates that no trial has; fewer where there are none left. */
export function guessCandidates(
  space: readonly Family[],
  past: readonly Trial[],
  count: number,
  sign: 1 | -1,
  random: Random,
): Candidate[] {
  const asked: Candidate[] = [];
  while (asked.length < count) {
    const candidate = guess(space, past, asked, sign, random.fork('trial', past.length + asked.length));
    if (!candidate) break;
    asked.push(candidate);
  }
  return asked;
}

function guess(
  space: readonly Family[],
  past: readonly Trial[],
  underWay: readonly Candidate[],
  sign: 1 | -1,
  random: Random,
): Candidate | undefined {
  const tried = [...past.map(({ candidate }) => candidate), ...underWay];
  const known = new Set(tried.map(candidateKey));
  const { good, others } = parted(past, sign);
  const below = good.map(({ candidate }) => candidate);
  const above = [...others.map(({ candidate }) => candidate), ...underWay];
  for (let attempt = 0; attempt < mostRepeats; attempt++) {
    const candidate = suggestCandidate(space, below, above, random);
    if (!known.has(candidateKey(candidate))) return candidate;
  }
  return drawCandidates(space, 1, random.fork('drawn'), tried)[0];
}

/** The best tenth and the others, each in the order of time. */
function parted(past: readonly Trial[], sign: 1 | -1): { good: Trial[]; others: Trial[] } {
  const rank = (trial: Trial): number => (trial.outcome === 'whole' ? Infinity : trial.folds.length);
  const best = past
    .filter(({ folds, outcome }) => folds.length > 0 && outcome !== 'diverged')
    .sort((a, b) => {
      const [first, second] = [rank(a), rank(b)];
      return first === second ? meritOf(b, sign) - meritOf(a, sign) || a.number - b.number : second - first;
    })
    .slice(0, goodCount(past.length));
  const isGood = new Set(best);
  return {
    good: past.filter((trial) => isGood.has(trial)),
    others: past.filter((trial) => !isGood.has(trial)),
  };
}

function suggestCandidate(
  space: readonly Family[],
  below: readonly Candidate[],
  above: readonly Candidate[],
  random: Random,
): Candidate {
  const placeOf = (candidate: Candidate): number => space.findIndex(({ id }) => id === candidate.id);
  const family = space[suggestPlace(space.length, below.map(placeOf), above.map(placeOf), random)]!;
  const valuesOf = (candidates: readonly Candidate[], name: string): unknown[] =>
    candidates.filter(({ id }) => id === family.id).map((candidate) => dimensionOf(candidate, name));
  return candidateOf(
    family,
    Object.fromEntries(
      family.dimensions.map(({ name, range }) => [
        name,
        suggestValue(range, valuesOf(below, name), valuesOf(above, name), random),
      ]),
    ),
  );
}
