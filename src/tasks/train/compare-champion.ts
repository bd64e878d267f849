/**
 * Is the new model no worse than the one in use? Both on the same customers of the hold-out, of which the one in
 * use may not have learned from any: those that its hash filter knows are left out, so a hold-out drawn anew from
 * the same customers leaves few to compare on.
 */
import { ColumnError } from '../../base/errors.ts';
import { compareRocAuc } from '../../evaluation/delong.ts';
import type { ChampionFacts } from '../../evaluation/gate.ts';
import type { Catalogue } from '../../learn/catalogue.ts';
import { score } from '../../learn/fit.ts';
import { churnedCount, type Dataset, takeDatasetRows } from '../../table/dataset.ts';
import type { JudgedBy } from '../learned-keys.ts';
import type { LoadedModel } from '../ports.ts';
import { unseenRows } from '../seen-customers.ts';

/** Fewer customers of an outcome than this say nothing of a difference of half a percent. */
const fewest = 10;

/** `judged`: the contract that the hold-out was read by; `scores`: the new model's, in the order of its rows. */
export function compareWithChampion(
  champion: LoadedModel,
  judged: JudgedBy,
  holdout: Dataset,
  scores: Float64Array,
  catalogue: Catalogue,
): ChampionFacts {
  const rows = unseenRows(champion, holdout, judged);
  if (rows === null)
    return { notComparable: 'it cannot be told which of the hold-out customers it has learned from' };
  const fresh = takeDatasetRows(holdout, rows);
  const churned = churnedCount(fresh.labels);
  const of = holdout.table.rowCount;
  if (churned < fewest || rows.length - churned < fewest) {
    return {
      notComparable: `it has learned from ${of - rows.length} of the ${of} hold-out customers, and of the others ${churned} left and ${rows.length - churned} stayed, at least ${fewest} each needed`,
    };
  }
  const ours = Float64Array.from(rows, (row) => scores[row]!);
  try {
    const theirs = score(champion.fitted, fresh.table, catalogue);
    const { low } = compareRocAuc(fresh.labels, ours, theirs);
    return { low, rows: rows.length, of };
  } catch (error) {
    if (!(error instanceof ColumnError)) throw error;
    return {
      notComparable: 'the data have not all the columns that it needs, or others than it learned from',
    };
  }
}
