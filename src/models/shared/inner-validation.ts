/**
 * Sets some training rows aside inside a fit, to tell when to stop learning, drawn from the model's own stream: whole groups
 * where rows have groups, since knowing a customer's other rows would look like learning; else, and where groups are too few or too
 * large, stratified, in counts as `sklearn.model_selection.train_test_split(stratify=y)`.
 */
import { hasCode } from '../../base/errors.ts';
import type { Random } from '../../base/random.ts';
import { groupedSplit } from '../../data/splits/grouped.ts';
import { stratifiedSplit } from '../../data/splits/stratified.ts';
import type { Dataset } from '../../table/dataset.ts';
import { ifGroupsAllow } from './whole-groups.ts';

export interface InnerParts {
  readonly training: Int32Array;
  readonly validation: Int32Array;
}

/**
 * Parts of `rows` (row numbers), or undefined where either would hold fewer than two rows of an outcome: too few
 * to learn from or to judge by.
 */
export function innerValidation(
  { labels, groups }: Pick<Dataset, 'labels' | 'groups'>,
  rows: Int32Array,
  share: number,
  random: Random,
): InnerParts | undefined {
  const numbersOf = (places: Int32Array): Int32Array => places.map((place) => rows[place]!);
  const own = new Uint8Array(rows.length);
  for (let i = 0; i < rows.length; i++) own[i] = labels[rows[i]!]!;
  const shares = { test: share, validation: 0 };
  const ownGroups = groups && rows.map((row) => groups[row]!);
  const whole = ownGroups && ifGroupsAllow(() => groupedSplit(own, ownGroups, shares, random));
  try {
    const { train, test } = whole ?? stratifiedSplit(own, shares, random);
    return { training: numbersOf(train), validation: numbersOf(test) };
  } catch (error) {
    if (hasCode(error, 'data.too-few')) return undefined;
    throw error;
  }
}

/** The rows that count at all. */
export function weightedRows(weights: Float64Array): Int32Array {
  const rows = new Int32Array(weights.length);
  let count = 0;
  for (let row = 0; row < weights.length; row++) {
    rows[count] = row;
    count += Number(weights[row]! > 0);
  }
  return rows.slice(0, count);
}
