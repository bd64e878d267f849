/**
 * Folds inside a fit, for what is learned on scores of rows that a model has not seen.
 *
 * Rows of one group stay together, as in the folds outside: a model that knows a customer's other rows would be trusted for
 * what it can't do with a new customer. Where groups are too few or too large for such folds, and where nothing groups the rows,
 * they are stratified by the outcome. O(folds x rows).
 */
import { DataError } from '../../base/errors.ts';
import type { Random } from '../../base/random.ts';
import { groupedFolds } from '../../data/splits/grouped-folds.ts';
import { type Fold, foldRows, stratifiedFolds } from '../../data/splits/stratified-folds.ts';
import { churnedCount, type Dataset } from '../../table/dataset.ts';
import { ifGroupsAllow } from './whole-groups.ts';

/** `who`: the model whose `folds` these are. Throws `data.too-few` where an outcome has fewer rows than there are folds. */
export function innerFolds(
  who: string,
  { labels, groups }: Pick<Dataset, 'labels' | 'groups'>,
  folds: number,
  random: Random,
): Fold[] {
  const churned = churnedCount(labels);
  const stayed = labels.length - churned;
  if (Math.min(churned, stayed) < folds) {
    throw new DataError(
      'data.too-few',
      `${who}: ${churned} churned and ${stayed} stayed rows to learn from for its ${folds} folds, at least one of each outcome in each required; lower folds of ${who}, or add rows of the rarer outcome`,
      { who, folds, churned, stayed },
    );
  }
  const dealt = groups && ifGroupsAllow(() => groupedFolds(labels, groups, folds, random));
  return foldRows(dealt ?? stratifiedFolds(labels, folds, random), folds);
}
