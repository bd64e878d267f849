/**
 * Learns from the trials so far where to look next: the tree-structured Parzen estimator (TPE).
 *
 * It begins with the best of earlier runs, each model's defaults and drawn candidates, ten trials in all. From then on the
 * best tenth counts as good; the model is suggested first, then each of its parameters from the trials of that model.
 * Four trials are asked for at a time, whatever the number of threads; those under way count as not good, so that the
 * four differ. Trials that ended early rank behind all whole ones, the one that got further first.
 * Reference: Bergstra et al. 2011; https://optuna.readthedocs.io/en/stable/reference/samplers/generated/optuna.samplers.TPESampler.html
 */
import { openingCandidates } from '../draw-candidates.ts';
import type { SearchMethod } from '../search-method.ts';
import { searchSpace } from '../search-space.ts';
import { guessCandidates } from '../tpe/guess-candidates.ts';

/** Trials before the first guess. */
const openingSize = 10;
const roundSize = 4;

export const bayes: SearchMethod = {
  id: 'bayes',
  about: 'guesses from the trials so far (TPE), parameters left out over their ranges',
  usualTrials: 30,
  learnsFromEarlier: true,
  combines: false,
  endsBy: (asked) => (asked === false ? [] : ['behind', 'median']),
  most: ({ trials }) => trials,
  next(past, ask) {
    const { grids, catalogue, trials, random, earlier } = ask;
    const space = searchSpace(grids, catalogue);
    const opening = openingCandidates(space, Math.min(trials, openingSize), random, earlier);
    if (past.length < opening.length) return opening.slice(past.length);
    return guessCandidates(space, past, Math.min(roundSize, trials - past.length), ask.sign, random).map(
      (candidate) => ({ candidate, origin: 'guessed', share: 1 }),
    );
  },
};
