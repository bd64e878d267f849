/**
 * Sets rows aside so that no group, such as a household or a customer with several rows, stands in two parts.
 *
 * Whole groups are dealt to the parts (`deal-groups.ts`): sizes are as asked to within the largest group, and the share
 * of leavers is about the same in each part, as well as whole groups allow. A part that would get less than half or
 * more than double of what was asked is refused with the size of the largest group.
 *
 * Takes labels and a group code a row, gives row numbers in ascending order. O(rows + groups).
 *
 * @example
 * groupedSplit(labels, groups, { test: 0.15, validation: 0.15 }, createRandom(42)).test // whole groups
 */
import { DataError } from '../../base/errors.ts';
import type { Random } from '../../base/random.ts';
import { checkOutcomes } from './check-outcomes.ts';
import { dealGroups } from './deal-groups.ts';
import type { SplitParts, SplitShares } from './stratified.ts';

type PartName = keyof SplitParts;
const partNames: readonly PartName[] = ['train', 'validation', 'test'];

export function groupedSplit(
  labels: Uint8Array,
  groups: Int32Array,
  { test, validation }: SplitShares,
  random: Random,
): SplitParts {
  const shares = { train: 1 - test - validation, validation, test };
  // A part of which nothing is asked gets nothing.
  const asked = partNames.filter((part) => shares[part] > 0);
  const dealt = asked.map((part) => shares[part]);
  const binOfRow = dealGroups(labels, groups, dealt, random.fork('groups'));
  const rows = groups.map((_, row) => row);
  const rowsOf = (part: PartName): Int32Array => {
    const bin = asked.indexOf(part);
    return rows.filter((row) => binOfRow[row] === bin);
  };
  const parts = { train: rowsOf('train'), validation: rowsOf('validation'), test: rowsOf('test') };
  asked.toReversed().forEach((part) => {
    checkSize(`the ${part} part`, parts[part].length, shares[part] * labels.length, groups);
    checkOutcomes(
      `the ${part} part`,
      labels,
      parts[part],
      2,
      'add rows of the rarer outcome, or other shares',
    );
  });
  return parts;
}

/** Throws `data.split` where groups are too large to give a part half to double of its rows. */
export function checkSize(what: string, received: number, wanted: number, groups: Int32Array): void {
  if (received >= wanted / 2 && received <= wanted * 2) return;
  const sizes = new Map<number, number>();
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  let largest = 0;
  for (const size of sizes.values()) largest = Math.max(largest, size);
  throw new DataError(
    'data.split',
    `split: ${what} would get ${received} of ${groups.length} rows where ${Math.round(wanted)} are asked, half to double allowed; ` +
      `there are ${sizes.size} groups and the largest has ${largest} rows: name another split.group, or ask for other shares`,
    { part: what, rows: received, groups: sizes.size, largestGroup: largest },
  );
}
