/**
 * `order.label`: the order of the file tells who left, or follows a column.
 *
 * The row number is taken for a column: its cross-fitted ROC-AUC over 32 equal stretches of the file is 0.6 or more, and four
 * standard errors of a column that knows nothing above 0.5 (sqrt((n + 1) / (12 churned stayed))). Or a
 * date or a number rises or falls with the row number in 99% of neighbouring stretches: the file is sorted by it. A random
 * split is then right, one by position is not.
 */
import { printable } from '../../../base/text.ts';
import { numberColumn } from '../../../table/column.ts';
import { binColumn, crossFittedAuc } from '../bins.ts';
import { defineFinding, type InspectedColumn, type Sighting } from '../definition.ts';

const leastAuc = 0.6;
const leastErrors = 4;
const leastRows = 200;
const sortedShare = 0.98;

export const orderLabel = defineFinding({
  code: 'order.label',
  title: 'The order of the file tells something',
  severity: 'warn',
  about: 'A file sorted by outcome or by cohort gives parts that are not alike when it is cut by position.',
  look({ labels, folds, columns, rowCount, churned }) {
    if (rowCount < leastRows) return [];
    const places = numberColumn(
      'row',
      Array.from({ length: rowCount }, (_, row) => row),
    );
    const auc = crossFittedAuc(binColumn(places, labels, places.values), labels, folds);
    const error = Math.sqrt((rowCount + 1) / (12 * Math.max(1, churned * (rowCount - churned))));
    const byLabel: Sighting[] =
      auc < Math.max(leastAuc, 0.5 + leastErrors * error)
        ? []
        : [
            {
              column: null,
              message: `the place of a row in the file ranks churners with a ROC-AUC of ${auc.toFixed(3)}; it was sorted or joined by outcome: never learn from row numbers, and never split by position`,
              evidence: { auc },
            },
          ];
    return [...byLabel, ...columns.filter(isSortedBy).map(cohort)];
  },
});

const cohort = ({ name }: InspectedColumn): Sighting => ({
  column: name,
  severity: 'note',
  message: `${printable(name)}: the file is sorted by it; shuffle before cutting by position, or split by time on purpose`,
  evidence: { sorted: true },
});

/** A running number of the rows is a matter of id.column. */
function isSortedBy({ column, facts, use }: InspectedColumn): boolean {
  if ((column.kind !== 'time' && column.kind !== 'number') || use === 'none') return false;
  if (facts.distinct < 10 || facts.missing > facts.sorted.length / 10) return false;
  let up = 0;
  let down = 0;
  let before = Number.NaN;
  for (const value of column.values) {
    if (Number.isNaN(value)) continue;
    if (value > before) up++;
    else if (value < before) down++;
    before = value;
  }
  return Math.max(up, down) >= sortedShare * (up + down) && up + down >= 9;
}
