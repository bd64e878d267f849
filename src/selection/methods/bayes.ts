/**
 * Learns from the trials so far where to look next: the tree-structured Parzen estimator (TPE).
 *
 * It begins with the best of earlier runs, each model's defaults and drawn candidates, ten trials in all. From then on the
 * best tenth counts as good; the model is suggested first, then each of its parameters from the trials of that model.
 * Four trials are asked for at a time, whatever the number of threads; those under way count as not good, so that the
 * four differ. Trials that ended early rank behind all whole ones, the one that got further first.
 * Reference: Bergstra et al. 2011; https://optuna.readthedocs.io/en/stable/reference/samplers/generated/optuna.samplers.TPESampler.html
 */
import type { Random } from '../../base/random.ts';
import type { Estimator } from '../../learn/definition.ts';
import { drawCandidates, openingCandidates } from '../draw-candidates.ts';
import { candidateKey, meritOf, type SearchAsk, type SearchMethod, type Trial } from '../search-method.ts';
import { candidateOf, type Family, searchSpace } from '../search-space.ts';
import { goodCount, suggestPlace, suggestValue } from '../tpe/suggest.ts';

/** Trials before the first guess. */
const openingSize = 10;
const roundSize = 4;
/** Guesses that were tried before, until one is drawn instead. */
const mostRepeats = 20;

export const bayes: SearchMethod = {
  id: 'bayes',
  about: 'guesses from the trials so far (TPE), parameters left out over their ranges',
  endsBy: (asked) => (asked === false ? [] : ['behind', 'median']),
  most: ({ trials }) => trials,
  next(past, ask) {
    const { grids, catalogue, trials, random, earlier } = ask;
    const space = searchSpace(grids, catalogue);
    const opening = openingCandidates(space, Math.min(trials, openingSize), random, earlier);
    if (past.length < opening.length) return opening.slice(past.length);
    const asked: Estimator[] = [];
    while (asked.length < roundSize && past.length + asked.length < trials) {
      const stream = random.fork('trial', past.length + asked.length);
      const candidate = guess(space, past, asked, ask, stream);
      if (!candidate) break;
      asked.push(candidate);
    }
    return asked.map((candidate) => ({ candidate, origin: 'guessed', share: 1 }));
  },
};

/** A candidate that was not tried before; undefined when there is none left. */
function guess(
  space: readonly Family[],
  past: readonly Trial[],
  underWay: readonly Estimator[],
  ask: SearchAsk,
  random: Random,
): Estimator | undefined {
  const tried = [...past.map(({ candidate }) => candidate), ...underWay];
  const known = new Set(tried.map(candidateKey));
  const { good, others } = parted(past, ask.sign);
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
    .filter(({ folds }) => folds.length > 0)
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
  below: readonly Estimator[],
  above: readonly Estimator[],
  random: Random,
): Estimator {
  const placeOf = (candidate: Estimator): number => space.findIndex(({ id }) => id === candidate.id);
  const family = space[suggestPlace(space.length, below.map(placeOf), above.map(placeOf), random)]!;
  const valuesOf = (candidates: readonly Estimator[], name: string): unknown[] =>
    candidates
      .filter(({ id }) => id === family.id)
      .map(({ params }) => (params as Record<string, unknown>)[name]);
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
