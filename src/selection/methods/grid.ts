/**
 * Tries every combination that the project file writes, whole unless it is told to end hopeless ones early.
 *
 * Matches https://scikit-learn.org/stable/modules/generated/sklearn.model_selection.GridSearchCV.html
 */
import { expandCandidates } from '../grid.ts';
import type { SearchMethod } from '../search-method.ts';

/** Asked for together where trials may end early: each round is held against the best before it. */
const roundSize = 8;

export const grid: SearchMethod = {
  id: 'grid',
  about: 'every combination written',
  usualTrials: 30,
  learnsFromEarlier: false,
  combines: false,
  endsBy: (asked) => (asked === true ? ['behind'] : []),
  most: ({ grids, catalogue }) => expandCandidates(grids, catalogue).length,
  next: (past, { grids, catalogue, endsEarly }) =>
    expandCandidates(grids, catalogue)
      .slice(past.length, endsEarly ? past.length + roundSize : undefined)
      .map((candidate) => ({ candidate, origin: 'written', share: 1 })),
};
