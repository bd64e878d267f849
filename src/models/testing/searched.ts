/** Models as a search leaves them, for tests: fitted on all rows, with scores of each row by a fit that did not see it. */
import type { Fold } from '../../data/splits/stratified-folds.ts';
import type { Estimator, FittedClassifier } from '../../learn/definition.ts';
import { score } from '../../learn/fit.ts';
import { type Dataset, takeDatasetRows } from '../../table/dataset.ts';
import { fitComposite, wholeCatalogue } from './fit-composite.ts';

export interface Searched {
  readonly models: readonly FittedClassifier[];
  readonly outOfFold: readonly Float64Array[];
  readonly labels: Uint8Array;
}

export async function searched(
  models: readonly Estimator[],
  data: Dataset,
  parts: readonly Fold[],
): Promise<Searched> {
  const fitted: FittedClassifier[] = [];
  const outOfFold: Float64Array[] = [];
  for (const model of models) {
    const scores = new Float64Array(data.labels.length).fill(Number.NaN);
    for (const { train, validation } of parts) {
      const own = await fitComposite(model, takeDatasetRows(data, train));
      const held = score(own.fitted, takeDatasetRows(data, validation).table, wholeCatalogue);
      validation.forEach((row, i) => {
        scores[row] = held[i]!;
      });
    }
    outOfFold.push(scores);
    fitted.push((await fitComposite(model, data)).fitted);
  }
  return { models: fitted, outOfFold, labels: data.labels };
}
