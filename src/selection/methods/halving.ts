/**
 * Tries many candidates on little, keeps the best third of them, tries those on three times as much, and so on to all.
 *
 * `resource: rows` gives a share of each fold's training rows, at least 500; `iterations` gives a share of a model's trees
 * or epochs, at least 10 (a model that has neither is tried whole). Rungs are a third apart, at most four; too few
 * rows leave one rung, which is random search. Only trials on all may win; each model's defaults are among the first.
 * Reference: Jamieson & Talwalkar 2016; https://scikit-learn.org/stable/modules/grid_search.html#successive-halving
 */
import { openingCandidates } from '../draw-candidates.ts';
import { isWhole, rankedWhole, type SearchAsk, type SearchMethod } from '../search-method.ts';
import { searchSpace } from '../search-space.ts';

/** One in so many goes on, with so many times as much. */
const factor = 3;
const mostRungs = 4;
const fewestRows = 500;
const fewestIterations = 10;
/** What the models here need in the order of: the smallest rung of trees or epochs. */
const usualIterations = 100;

export const halving: SearchMethod = {
  id: 'halving',
  about: 'many on little, the best third of them on three times as much, and so on',
  usualTrials: 30,
  learnsFromEarlier: false,
  combines: false,
  // A rung is judged whole: that is what decides who goes on.
  endsBy: () => [],
  most: (ask) => rungSizes(opening(ask).length, rungShares(ask).length).reduce((sum, size) => sum + size, 0),
  next(past, ask) {
    const first = opening(ask);
    const shares = rungShares(ask);
    const sizes = rungSizes(first.length, shares.length);
    if (past.length < first.length)
      return first.slice(past.length).map((request) => ({ ...request, share: shares[0]! }));
    let before = 0;
    for (let rung = 1; rung < sizes.length; rung++) {
      const tried = past.slice(before, before + sizes[rung - 1]!);
      before += sizes[rung - 1]!;
      const done = past.length - before;
      if (done >= sizes[rung]!) continue;
      // One that diverged goes on only where no other is left.
      return [...rankedWhole(tried, ask.sign), ...tried.filter((trial) => !isWhole(trial))]
        .slice(done, sizes[rung]!)
        .map(({ candidate, origin }) => ({ candidate, origin, share: shares[rung]! }));
    }
    return [];
  },
};

const opening = ({ grids, catalogue, trials, random }: SearchAsk) =>
  openingCandidates(searchSpace(grids, catalogue), trials, random);

/** Shares from the smallest to 1. */
export function rungShares({
  rows,
  resource,
  trials,
}: Pick<SearchAsk, 'rows' | 'resource' | 'trials'>): number[] {
  const [available, fewest] = resource === 'rows' ? [rows, fewestRows] : [usualIterations, fewestIterations];
  const shares = [1];
  // A rung that would keep everybody chooses nothing.
  while (
    shares.length < mostRungs &&
    Math.round(factor / shares[0]!) <= trials &&
    available * (shares[0]! / factor) >= fewest
  )
    shares.unshift(shares[0]! / factor);
  return shares;
}

/** How many are tried on each rung. */
function rungSizes(first: number, rungs: number): number[] {
  const sizes = [first];
  while (sizes.length < rungs) sizes.push(Math.ceil(sizes.at(-1)! / factor));
  return sizes;
}
