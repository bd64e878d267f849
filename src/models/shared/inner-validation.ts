/**
 * Sets some training rows aside inside a fit, to tell when to stop learning, drawn from the model's own stream: whole groups
 * where rows have groups, since knowing a customer's other rows would look like learning; else, and where groups are too few or too
 * large, stratified, in counts as `sklearn.model_selection.train_test_split(stratify=y)`.
 */
import { HoldfastError } from '../../base/errors.ts';
import type { Random } from '../../base/random.ts';
import { dealGroups } from '../../data/splits/deal-groups.ts';
import { stratifiedSplit } from '../../data/splits/stratified.ts';
import type { Dataset } from '../../table/dataset.ts';

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
  try {
    const own = new Uint8Array(rows.length);
    for (let i = 0; i < rows.length; i++) own[i] = labels[rows[i]!]!;
    const apart =
      groups &&
      byGroups(
        own,
        rows.map((row) => groups[row]!),
        share,
        random,
      );
    if (apart) return { training: numbersOf(apart.training), validation: numbersOf(apart.validation) };
    const { train, test } = stratifiedSplit(own, { test: share, validation: 0 }, random);
    return { training: numbersOf(train), validation: numbersOf(test) };
  } catch (error) {
    if (error instanceof HoldfastError && error.code === 'data.too-few') return undefined;
    throw error;
  }
}

/** Of each outcome in each part, as `stratifiedSplit` asks. */
const fewest = 2;

/** Places of whole groups; undefined where a part would lack an outcome, or be less than half or more than double of its share. */
function byGroups(
  labels: Uint8Array,
  groups: Int32Array,
  share: number,
  random: Random,
): InnerParts | undefined {
  const partOf = dealGroups(labels, groups, [1 - share, share], random.fork('groups'));
  const places = Int32Array.from(labels.keys());
  const [training, validation] = [0, 1].map((part) => places.filter((place) => partOf[place] === part));
  const wanted = share * labels.length;
  const isSound = [training!, validation!].every((part) => {
    const churned = part.reduce((count, place) => count + labels[place]!, 0);
    return Math.min(churned, part.length - churned) >= fewest;
  });
  if (!isSound || validation!.length < wanted / 2 || validation!.length > 2 * wanted) return undefined;
  return { training: training!, validation: validation! };
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
