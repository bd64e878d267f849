/**
 * The last model of a stack: fitted on the log-odds of the others, from fits that did not see the row.
 *
 * Rows of which one of them has no score (NaN) are left out. Log-odds beyond `most` = log(sum of the rows' weights + 2),
 * either way, count as that. Cost: one fit of as many columns as there are models.
 */
import type { Plain } from '../../base/plain.ts';
import type { Context } from '../../learn/context.ts';
import type { Estimator, FittedClassifier } from '../../learn/definition.ts';
import { fitClassifier } from '../../learn/fit.ts';
import { type Dataset, takeDatasetRows, withTable } from '../../table/dataset.ts';
import type { Table } from '../../table/table.ts';
import { rowWeights } from '../shared/row-weights.ts';
import { clampedLogOdds, finalTable, mostLogOdds } from './log-odds-table.ts';

export type FittedModel = FittedClassifier & { readonly [key: string]: Plain };

export type LastModel = {
  readonly final: FittedModel;
  /** Log-odds beyond this, either way, count as this. */
  readonly most: number;
};

/** Where nobody names another. */
export const usualFinal: Estimator = { id: 'logistic-regression', params: { l2: 1 } };

/** `scores`: P(churn) of each row of `data` by each model. Labels and weights are all that is taken of `data`. */
export async function fitFinal(
  final: Estimator,
  scores: readonly Float64Array[],
  data: Dataset,
  ctx: Context,
): Promise<LastModel> {
  const rows = knownRows(scores, Int32Array.from(data.labels.keys()));
  const chosen = takeDatasetRows(data, rows);
  const most = mostLogOdds(rowWeights(chosen, 'none').reduce((total, weight) => total + weight, 0));
  const random = ctx.random.fork('final');
  const fitted = await fitClassifier(final, withTable(chosen, inputsOf(scores, rows, most)), {
    ...ctx,
    random,
  });
  return { final: fitted as FittedModel, most };
}

/** Of these rows those that every model has a score of. */
export const knownRows = (scores: readonly Float64Array[], rows: Int32Array): Int32Array =>
  rows.filter((row) => scores.every((own) => !Number.isNaN(own[row]!)));

/** What the last model sees of these rows. */
export const inputsOf = (scores: readonly Float64Array[], rows: Int32Array, most: number): Table =>
  finalTable(
    scores.map((own) =>
      clampedLogOdds(
        Float64Array.from(rows, (row) => own[row]!),
        most,
      ),
    ),
    rows.length,
  );
