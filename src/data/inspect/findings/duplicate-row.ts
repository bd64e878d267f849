/**
 * `duplicate.row`: rows that are whole copies of an earlier one, or copies in everything but the id, outcome included.
 *
 * A copy under its own id, or in a table without ids, may be another customer who is alike. It warns where likeness by
 * chance does not explain it (`row-likeness.ts`), from 1% of the rows on; else it is a note, and in tables of few
 * columns, where most customers have a double, nothing. O(rows x columns).
 */
import { countOf, listNames, printable } from '../../../base/text.ts';
import { defineFinding, type InspectedColumn } from '../definition.ts';
import { areCopies, hashRows, repeatsOf, tellingColumns } from '../row-likeness.ts';
import { percentText, rowText } from '../wording.ts';

const leastShareWithoutId = 0.01;
/** With fewer columns customers who are alike are no news. */
const leastColumns = 5;
const mostNamed = 5;

export const duplicateRow = defineFinding({
  code: 'duplicate.row',
  title: 'Rows that stand there twice',
  severity: 'warn',
  about: 'A copy in training and in the hold-out makes every figure too good.',
  look(inspection) {
    const { rowCount, id, target } = inspection;
    const columns = tellingColumns(inspection);
    if (columns.length === 0) return [];
    const isWide = inspection.columns.length >= leastColumns;
    const hashes = hashRows(inspection, columns);
    const alike = repeatsOf(hashes);
    const whole = id === null ? alike : repeatsOf(hashes, id.values);
    const isOften = alike.count >= leastShareWithoutId * rowCount;
    const isAlike = isOften && alike.count > whole.count;
    if (whole.count === 0 && !isAlike) return [];
    const isCopied = isOften && areCopies(inspection, columns, hashes);
    const isWarning = isCopied || (isWide && id !== null && !isAlike);
    if (!isWarning && !isWide) return [];
    const { count, first } = isAlike ? alike : whole;
    const copies = countOf(count, 'row is a copy', 'rows are copies');
    const what = `${copies} of an earlier one${isAlike ? ' in everything but the id' : ''} (${percentText(count / rowCount)}), first ${rowText(first, inspection)}`;
    return [
      {
        column: null,
        severity: isWarning ? 'warn' : 'note',
        message: `${what}; ${isCopied ? repairText(columns, target) : adviceText(isWarning)}`,
        evidence: { rows: count, firstRow: first, withoutId: isAlike },
      },
    ];
  },
});

const adviceText = (isWarning: boolean): string =>
  isWarning
    ? 'keep one of each with clean: deduplicate, or find out why'
    : 'they may be customers who are alike; look at some before you delete any';

/** A repair compares no rows with a gap in its columns: those are not named. */
function repairText(columns: readonly InspectedColumn[], target: string): string {
  const whole = columns.filter(({ facts }) => facts.missing === 0).map(({ name }) => printable(name));
  const by =
    whole.length > mostNamed
      ? `the ${whole.length} columns without gaps (${listNames(whole, 3)}) and ${printable(target)}`
      : `[${[...whole, printable(target)].join(', ')}]`;
  return `far more than chance makes: the hold-out then holds rows that were learned, and its figures are too good even on noise; keep one of each with clean: deduplicate by ${by}, or hold copies together with split.by: grouped`;
}
