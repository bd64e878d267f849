/**
 * Keeps the columns that a model leans on most and leaves out the rest.
 *
 * Fits `model` on the training rows and keeps the `k` columns of largest importance (of equals the earlier), in their
 * own order: for trees the fall in impurity that a column brought, for logistic regression the size of its weight
 * times the column's deviation. With at most `k` columns nothing is fitted and all stay. Number and boolean columns
 * in, those kept out, as they are; missing values are refused, impute before. Costs one fit of the model.
 *
 * Example: `topK({ k: 20 })` keeps the 20 columns a random forest asks most about.
 * Matches https://scikit-learn.org/stable/modules/generated/sklearn.feature_selection.SelectFromModel.html
 * with `max_features=k` and `threshold=-inf`.
 */
import { z } from 'zod';
import { ParamError } from '../base/errors.ts';
import type { Plain } from '../base/plain.ts';
import { countOf, printable } from '../base/text.ts';
import type { Context } from '../learn/context.ts';
import { defineTransformer } from '../learn/definition.ts';
import { fitClassifier, importances } from '../learn/fit.ts';
import { estimatorSchema } from '../learn/pipeline.ts';
import type { Dataset } from '../table/dataset.ts';
import { refuseGaps } from './number-columns/refuse-gaps.ts';
import { type KeptColumns, keptColumnsOut, keptOf, onlyKept } from './selection/kept-columns.ts';

const params = z.strictObject({
  k: z
    .int()
    .min(1)
    .max(100_000)
    .default(20)
    .describe('How many columns stay.')
    .meta({ search: { type: 'integer', low: 5, high: 50 } }),
  model: estimatorSchema
    .default({ id: 'random-forest', params: { trees: 50 } })
    .describe('The model whose importances choose; one that tells how much it leans on each column.'),
});

/** `importances` of the kept columns, in their order; empty when all stayed without a fit. */
export type TopKState = {
  readonly model: string;
  readonly kept: KeptColumns;
  readonly importances: readonly number[];
  readonly dropped: readonly string[];
};

export const topK = defineTransformer({
  id: 'top-k',
  version: 1,
  title: 'Keeping the most important columns',
  params,
  tags: { kinds: ['number', 'boolean'], acceptsMissing: false, isRandom: true },
  examples: [
    { params: { k: 2, model: { id: 'logistic-regression', params: {} } } },
    { params: { k: 3, model: { id: 'random-forest', params: { trees: 5 } } } },
    { params: {} },
  ],
  async fit(data, { k, model }, ctx): Promise<TopKState> {
    // In the name of this step: the model inside would speak in its own.
    refuseGaps('top-k', data.table);
    const { columns } = data.table;
    if (columns.length <= k) return { model: model.id, kept: keptOf(columns), importances: [], dropped: [] };
    const weights = await importancesOf(model, data, ctx);
    const best = columns
      .map((_, place) => place)
      .sort((a, b) => weights[b]! - weights[a]! || a - b)
      .slice(0, k)
      .sort((a, b) => a - b);
    const chosen = new Set(best);
    const dropped = columns.filter((_, place) => !chosen.has(place)).map(({ name }) => name);
    return {
      model: model.id,
      kept: keptOf(best.map((place) => columns[place]!)),
      importances: best.map((place) => weights[place]!),
      dropped,
    };
  },
  transform({ kept }, table) {
    const made = onlyKept('top-k', kept, table);
    refuseGaps('top-k', made);
    return made;
  },
  columnsOut: ({ kept }) => keptColumnsOut(kept),
  describe: ({ model, kept, dropped }) =>
    dropped.length === 0
      ? `All ${countOf(kept.length, 'column')} kept.`
      : `${countOf(kept.length, 'column')} of ${kept.length + dropped.length} kept, chosen by ${model}.`,
});

async function importancesOf(
  model: { readonly id: string; readonly params: Plain },
  data: Dataset,
  ctx: Context,
): Promise<Float64Array> {
  if (!ctx.catalogue.classifier(model.id).importances) {
    const able = ctx.catalogue.classifiers.filter(({ importances: tell }) => tell).map(({ id }) => id);
    throw new ParamError(
      'param.value',
      `top-k: model must be one of ${able.join(', ')}, got ${printable(model.id)}; the others don't tell how much they lean on a column`,
      { who: 'top-k', param: 'model' },
    );
  }
  const fitted = await fitClassifier(model, data, { ...ctx, random: ctx.random.fork('importance') });
  return importances(fitted, ctx.catalogue)!;
}
