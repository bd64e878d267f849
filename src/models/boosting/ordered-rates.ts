/**
 * Levels of a category as numbers: the churn rate of a level, of each training row only from rows before it in a drawn
 * order, so that no row's number tells its own outcome.
 *
 * rate = (weight of the churned with this level + prior) / (weight of all with it + 1), prior the churn rate of all. Rows
 * that are not trained on, and customers later, take the rate from all training rows. NaN where the level is missing
 * or was not seen. O(rows + levels). Source: Prokhorenkova et al. 2018 (CatBoost, ordered target statistics), with one
 * order for all trees.
 */
import type { Random } from '../../base/random.ts';

export interface OrderedRates {
  /** Of each level, from all training rows. */
  readonly rates: Float64Array;
  /** Of each row of the table. */
  readonly values: Float64Array;
}

/** `places` is the place of each row's level, NaN where there is none. */
export function orderedRates(
  places: Float64Array,
  levelCount: number,
  { labels, weights }: { readonly labels: Uint8Array; readonly weights: Float64Array },
  training: Int32Array,
  random: Random,
): OrderedRates {
  const churned = new Float64Array(levelCount);
  const all = new Float64Array(levelCount);
  let [churnedOfAll, total] = [0, 0];
  for (const row of training) {
    total += weights[row]!;
    if (labels[row] === 1) churnedOfAll += weights[row]!;
  }
  const prior = churnedOfAll / total;
  const rateOf = (place: number): number => (churned[place]! + prior) / (all[place]! + 1);
  const values = new Float64Array(places.length).fill(Number.NaN);
  for (const row of random.shuffle(training.slice())) {
    const place = places[row]!;
    if (Number.isNaN(place)) continue;
    values[row] = rateOf(place);
    all[place]! += weights[row]!;
    if (labels[row] === 1) churned[place]! += weights[row]!;
  }
  const rates = Float64Array.from({ length: levelCount }, (_, place) => rateOf(place));
  const isTraining = new Uint8Array(places.length);
  for (const row of training) isTraining[row] = 1;
  for (let row = 0; row < places.length; row++)
    if (isTraining[row] === 0 && !Number.isNaN(places[row]!)) values[row] = rates[places[row]!]!;
  return { rates, values };
}
