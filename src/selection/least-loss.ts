/**
 * Whether a vote or a stack is taken where a single candidate has the best mean.
 *
 * The best of many candidates looks better than it is: luck had a part in its being the best. A vote and a stack are judged on
 * folds that took no part in their choice. So whatever is not behind the best by more than one standard error of their difference, fold
 * by fold, is as good as the best by the metric of the search, and of those the smallest log loss is taken: it hears of every row, and
 * of probabilities that are too sure.
 * Source: Cawley and Talbot 2010 (what choosing does to the chosen); the rule of one standard error is that of Breiman et al. 1984.
 */
import { bestByMean, type Judged, meanOf, withinOneError } from './one-standard-error.ts';

/** The folds of two kinds of values, in the same order. */
export interface Contender extends Pick<Judged, 'folds'> {
  readonly logLosses: readonly number[];
}

/** Index of the contender that is taken; the earlier one where two are alike. */
export function leastLoss(contenders: readonly Contender[]): number {
  let taken = bestByMean(contenders.map(({ folds }) => ({ folds, simplicity: [] })));
  const best = contenders[taken]!;
  contenders.forEach((contender, index) => {
    const isLevel = withinOneError(best, contender);
    if (isLevel && meanOf(contender.logLosses) < meanOf(contenders[taken]!.logLosses)) taken = index;
  });
  return taken;
}
