/** Ranking and means of groups, for tests of generated tables. */
import { midranks } from '../../../math/ranks.ts';
import { mean } from '../../../math/sum.ts';

/** ROC-AUC by ranks over the rows that have a value. */
export function areaOf(values: Float64Array, outcomes: Float64Array): number {
  const present = [...values.keys()].filter((row) => !Number.isNaN(values[row]!));
  const ranks = midranks(Float64Array.from(present, (row) => values[row]!));
  let positives = 0;
  let rankSum = 0;
  present.forEach((row, i) => {
    positives += outcomes[row]!;
    rankSum += outcomes[row]! * ranks[i]!;
  });
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * (present.length - positives));
}

/** The mean over the rows of which the claim holds. */
export const meanWhere = (values: Float64Array, claim: (row: number) => boolean): number =>
  mean(values.filter((_, row) => claim(row)));
