/**
 * Looks by itself: families, their parameters and the preparation of columns together, until nothing more is gained;
 * then trials are voted and stacked (`combines`), and the best of all is taken.
 *
 * It begins with each family's defaults, the simplest first, then the best of earlier runs and drawn candidates, and goes
 * on guessing (TPE). Where a fold has more than 50,000 rows it looks on 20,000 of them, tries the best few on five times
 * as many, and the best of those on all. It stops after 40 trials in a row that gained less than a tenth of the
 * standard error of the best, and then fits the best few that draw at random some times more: a mean over draws is steadier
 * than any of them. Nothing here asks the time: a budget cuts the search from outside.
 * Reference: Feurer et al. 2015 (the parts); Bergstra et al. 2011 (the guesses).
 */
import { openingCandidates } from '../draw-candidates.ts';
import { compareSimplicity, deviationOf } from '../one-standard-error.ts';
import {
  meritOf,
  rankedWhole,
  type SearchAsk,
  type SearchMethod,
  type Trial,
  type TrialRequest,
} from '../search-method.ts';
import { type Family, searchSpace } from '../search-space.ts';
import { guessCandidates } from '../tpe/guess-candidates.ts';

/** Up to so many rows in a fold every trial learns from all of them. */
const wholeRows = 50_000;
const firstRows = 20_000;
const growth = 5;
/** How many of the rung before are tried on more rows. */
const laterRungs = [8, 3];
/** So many of the best are fitted so many times more. */
const repeated = 3;
const mostRepeats = 3;
/** Trials before the first guess. */
const openingSize = 14;
const roundSize = 4;
const patience = 40;
/** Of the standard error of the best: a smaller gain is none. */
const noteworthy = 0.1;

export const auto: SearchMethod = {
  id: 'auto',
  about: 'families, parameters and preparation by itself, then votes and stacks of the best',
  usualTrials: 300,
  learnsFromEarlier: true,
  combines: true,
  endsBy: (asked) => (asked === false ? [] : ['behind', 'median']),
  most: ({ trials }) => trials,
  next(past, ask) {
    const shares = rowShares(ask.rows);
    const sizes = rungSizes(shares.length, ask.trials);
    const first = past.filter(
      ({ share, candidate: { repeat } }) => share === shares[0] && repeat === undefined,
    );
    const isOver = past.length > first.length || first.length >= sizes[0]! || isStalled(first, ask.sign);
    if (!isOver) {
      const asked = look(first, sizes[0]!, ask).map((request) => ({ ...request, share: shares[0]! }));
      if (asked.length > 0) return asked;
    }
    if (shares.length === 1) return again(first, past.length - first.length, ask);
    for (let rung = 1; rung < shares.length; rung++) {
      const tried = past.filter(({ share }) => share === shares[rung]);
      const before = past.filter(({ share }) => share === shares[rung - 1]);
      const asked = best(before, sizes[rung]!, ask.sign).slice(tried.length);
      if (asked.length > 0)
        return asked.map(({ candidate, origin }) => ({ candidate, origin, share: shares[rung]! }));
    }
    return [];
  },
};

/** The best candidates that draw at random, several times more. */
function again(
  first: readonly Trial[],
  done: number,
  { sign, catalogue, trials }: SearchAsk,
): TrialRequest[] {
  const drawn = first.filter(({ candidate: { id } }) => catalogue.classifier(id).tags.isRandom);
  const repeats = Array.from({ length: mostRepeats }, (_, i) => i + 1);
  return best(drawn, repeated, sign)
    .flatMap(({ candidate }) => repeats.map((repeat) => ({ ...candidate, repeat })))
    .slice(done, roomForRepeats(trials))
    .map((candidate) => ({ candidate, origin: 'repeated', share: 1 }));
}

/** A quarter of few trials. */
const roomForRepeats = (trials: number): number => Math.min(repeated * mostRepeats, Math.floor(trials / 4));

/** The next trials on the first rung. */
function look(past: readonly Trial[], most: number, ask: SearchAsk): readonly TrialRequest[] {
  const space = searchSpace(ask.grids, ask.catalogue, ask.preparations);
  const varied = space.filter(({ dimensions }) => dimensions.length > 0);
  const opening = inOrder(
    openingCandidates(
      // A model of which there is one candidate comes after the others: alone it would be a poor answer.
      [...varied, ...space.filter((family) => !varied.includes(family))],
      Math.min(most, openingSize),
      ask.random,
      ask.earlier,
    ),
    varied,
    ask,
  );
  // By themselves first: what follows may then end early.
  const defaults = opening.filter(({ origin }) => origin === 'defaults').length;
  if (past.length < defaults) return opening.slice(past.length, defaults);
  // A few at a time: whatever the budget leaves time for is then tried on all folds.
  if (past.length < opening.length) return opening.slice(past.length, past.length + roundSize);
  if (varied.length === 0) return [];
  return guessCandidates(
    varied,
    past,
    Math.min(roundSize, most - past.length),
    ask.sign,
    ask.random.fork('guesses'),
  ).map((candidate) => ({ candidate, origin: 'guessed', share: 1 }));
}

/** The defaults first, of them the simplest: where the budget is short, something has been tried soon. */
function inOrder(
  requests: readonly TrialRequest[],
  varied: readonly Family[],
  { catalogue }: SearchAsk,
): TrialRequest[] {
  const simplicity = ({ candidate: { id, params } }: TrialRequest) => [
    varied.some((family) => family.id === id) ? 0 : 1,
    ...catalogue.classifier(id).simplicity(params),
  ];
  const isDefault = ({ origin }: TrialRequest): boolean => origin === 'defaults';
  return [
    ...requests.filter(isDefault).sort((a, b) => compareSimplicity(simplicity(a), simplicity(b))),
    ...requests.filter((request) => !isDefault(request)),
  ];
}

/** Shares of a fold's rows from the first rung to 1. */
export function rowShares(rows: number): number[] {
  if (rows <= wholeRows) return [1];
  const first = firstRows / rows;
  const second = first * growth;
  // A rung that is nearly all rows is all of them.
  return second < 0.6 ? [first, second, 1] : [first, 1];
}

/** Trials on each rung; the later ones are the best of those before. */
function rungSizes(rungs: number, trials: number): number[] {
  if (rungs === 1) return [Math.max(1, trials - roomForRepeats(trials))];
  const later = laterRungs
    .slice(laterRungs.length - (rungs - 1))
    .map((size, i) => Math.min(size, Math.ceil(trials / 4 / (i + 1))));
  return [Math.max(1, trials - later.reduce((sum, size) => sum + size, 0)), ...later];
}

const best = (trials: readonly Trial[], size: number, sign: 1 | -1): Trial[] =>
  rankedWhole(trials, sign).slice(0, size);

/** Whether the last trials in a row gained nothing that counts. */
export function isStalled(trials: readonly Trial[], sign: 1 | -1): boolean {
  if (trials.length <= patience) return false;
  const [now] = best(trials, 1, sign);
  const [before] = best(trials.slice(0, -patience), 1, sign);
  if (!now || !before) return false;
  const error = deviationOf(now.folds) / Math.sqrt(now.folds.length);
  return meritOf(now, sign) - meritOf(before, sign) <= noteworthy * error;
}
