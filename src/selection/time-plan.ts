/**
 * How a budget is shared between a search and what follows it: the fits of the winner, on training rows and with the validation rows, and
 * its cross-validation once more. What the fits took so far says what those will take.
 */
import type { SearchedTrial } from './open-trial.ts';
import { isWhole, meritOf } from './search-method.ts';

export interface TimePlan {
  /** Milliseconds of the budget to keep, as far as these trials tell. */
  reserve(trials: readonly SearchedTrial[]): number;
  /** CPU seconds that the folds of an ensemble's members may have taken, so that what follows ends in time. */
  affordable(trials: readonly SearchedTrial[]): number;
}

/** Share of the budget that is kept at least, and at most. */
const leastKept = 0.1;
const mostKept = 0.4;
/** Judging, explaining and saving beside all fits: at least, for a row, and as a share of the budget, since a busy machine takes longer. */
const leastClosingMs = 1500;
const closingMsOfRow = 0.008;
const closingShare = 0.05;
/** The best so many trials stand for the ensemble that may come of them. */
const expectedMembers = 5;

export function timePlan(budget: {
  readonly ms: number;
  /** Epoch milliseconds. */
  readonly endsAt: number;
  readonly folds: number;
  /** Training rows. */
  readonly rows: number;
  readonly sign: 1 | -1;
  readonly now: () => number;
}): TimePlan {
  const { ms, endsAt, folds, rows, sign, now } = budget;
  const closingMs = leastClosingMs + closingMsOfRow * rows + closingShare * ms;
  const startedAt = endsAt - ms;
  /** Seconds of fits for each second of a trial: one of all rows, one with the validation rows, and the folds once more with those. */
  const fitsAfter = (share: number): number => 2.2 / (share * (folds - 1)) + 1.2;
  /** CPU seconds a second. */
  const pace = (trials: readonly SearchedTrial[]): number => {
    const spent = trials.reduce((total, { seconds }) => total + seconds, 0);
    return Math.max(0.05, Math.min(64, spent / Math.max(1, (now() - startedAt) / 1000)));
  };
  return {
    reserve(trials) {
      const best = trials
        .filter(isWhole)
        .sort((a, b) => b.share - a.share || meritOf(b, sign) - meritOf(a, sign))
        .slice(0, expectedMembers);
      const needed = best.reduce((total, { seconds, share }) => total + seconds * fitsAfter(share), 0);
      const kept = closingMs + (1000 * needed) / pace(trials);
      return Math.min(mostKept * ms, Math.max(leastKept * ms, kept));
    },
    affordable(trials) {
      // Members are of the furthest share that trials have come through whole.
      const share = Math.max(...trials.filter(isWhole).map((trial) => trial.share));
      const left = (endsAt - now() - closingMs) / 1000;
      return (Math.max(0, left) * pace(trials)) / fitsAfter(share);
    },
  };
}
