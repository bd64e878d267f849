/**
 * How much each row counts in a fit: its own weight times that of its class.
 *
 * `balanced` gives churned and staying rows the same total, without changing the total over all rows:
 * weight of a class = total / (2 x total of the class). Off by default, since it shifts the probabilities away
 * from the true rate. Matches
 * https://scikit-learn.org/stable/modules/generated/sklearn.utils.class_weight.compute_class_weight.html
 */
import { z } from 'zod';
import type { Dataset } from '../../table/dataset.ts';

export type ClassWeight = 'none' | 'balanced';

/** The parameter `classWeight`, the same for every model that has it. */
export const classWeightParam = z
  .enum(['none', 'balanced'])
  .default('none')
  .describe(
    'balanced counts both outcomes alike; probabilities then overstate the risk of churn unless train.calibrate maps them back.',
  );

/** One weight a row, in memory of its own. O(rows). */
export function rowWeights(data: Dataset, classWeight: ClassWeight): Float64Array {
  const rows = data.table.rowCount;
  const weights = data.weights ? Float64Array.from(data.weights) : new Float64Array(rows).fill(1);
  if (classWeight === 'none') return weights;
  const factors = classFactors(data, classWeight);
  for (let row = 0; row < rows; row++) weights[row]! *= factors[data.labels[row]!]!;
  return weights;
}

/** What the weight of a staying and of a churned row is multiplied with. O(rows). */
export function classFactors(
  { labels, weights }: Pick<Dataset, 'labels' | 'weights'>,
  classWeight: ClassWeight,
): readonly [number, number] {
  if (classWeight === 'none') return [1, 1];
  let ofStaying = 0;
  let ofChurned = 0;
  for (let row = 0; row < labels.length; row++) {
    const weight = weights ? weights[row]! : 1;
    if (labels[row] === 1) ofChurned += weight;
    else ofStaying += weight;
  }
  const all = ofStaying + ofChurned;
  // A class whose rows all weigh nothing stays at nothing.
  const factor = (total: number): number => (total > 0 ? all / (2 * total) : 0);
  return [factor(ofStaying), factor(ofChurned)];
}
