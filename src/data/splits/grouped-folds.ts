/**
 * Deals rows into k folds so that no group stands in two of them, each with about the same share of leavers.
 *
 * Whole groups are dealt (`deal-groups.ts`). A fold of less than half or more than double its share is refused, as is one
 * without both outcomes. Gives the fold of each row, 0 to k - 1. O(rows + groups x k).
 */
import type { Random } from '../../base/random.ts';
import { checkOutcomes } from './check-outcomes.ts';
import { dealGroups } from './deal-groups.ts';
import { checkSize } from './grouped.ts';

export function groupedFolds(labels: Uint8Array, groups: Int32Array, k: number, random: Random): Int32Array {
  const foldOfRow = dealGroups(labels, groups, new Array<number>(k).fill(1 / k), random.fork('folds'));
  const rows = groups.map((_, row) => row);
  for (let fold = 0; fold < k; fold++) {
    const held = rows.filter((row) => foldOfRow[row] === fold);
    const what = `fold ${fold + 1} of ${k}`;
    checkSize(what, held.length, labels.length / k, groups);
    checkOutcomes(what, labels, held, 1, 'lower train.folds, or add rows of the rarer outcome');
  }
  return foldOfRow;
}
