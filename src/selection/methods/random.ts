/**
 * Draws candidates instead of trying every combination: with many parameters a few dozen draws find what a full
 * grid finds, because few of the parameters matter.
 *
 * A parameter given as a list is drawn from it, a single value stays, and a parameter left out is drawn from the range in
 * its schema, where it has one. Models take turns; one without anything to draw is a single candidate.
 * Source: Bergstra & Bengio 2012; https://scikit-learn.org/stable/modules/generated/sklearn.model_selection.RandomizedSearchCV.html
 */
import { drawCandidates } from '../draw-candidates.ts';
import type { SearchMethod } from '../search-method.ts';
import { searchSpace } from '../search-space.ts';

/** Ten rounds of many trials, so that drawing them anew each round costs little; of few trials rounds of eight. */
const roundSize = (trials: number): number => Math.max(8, Math.ceil(trials / 10));

export const random: SearchMethod = {
  id: 'random',
  about: 'drawn ones, parameters left out from their ranges',
  usualTrials: 30,
  learnsFromEarlier: false,
  combines: false,
  endsBy: (asked) => (asked === false ? [] : ['behind']),
  most: ({ trials }) => trials,
  next: (past, { grids, catalogue, trials, random: stream, endsEarly }) =>
    drawCandidates(searchSpace(grids, catalogue), trials, stream)
      .slice(past.length, endsEarly ? past.length + roundSize(trials) : undefined)
      .map((candidate) => ({ candidate, origin: 'drawn', share: 1 })),
};
