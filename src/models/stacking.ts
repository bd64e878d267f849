/**
 * Asks several models and lets a last one learn how far to trust each of them.
 *
 * Each model is fitted on each of `folds` parts' complement and scores that part; on these scores, none from a fit that
 * saw its row, the last model learns, a logistic regression unless said otherwise. The models that stay are fitted on all
 * rows. The last model sees log-odds (`stacking/log-odds-table.ts`), clamped at log(rows + 2).
 * `stacking/fitted-stack.ts` stacks models that are fitted already. Columns, missing values and row weights are as every one
 * of the models takes them. Cost: folds + 1 fits a model, and a small one.
 * Matches https://scikit-learn.org/stable/modules/generated/sklearn.ensemble.StackingClassifier.html, but for the last
 * model's input, there probabilities. Source: Wolpert 1992, "Stacked generalization"; van der Laan, Polley & Hubbard 2007.
 */
import { z } from 'zod';
import { countOf } from '../base/text.ts';
import { defineClassifier } from '../learn/definition.ts';
import { contributions, describe, preparationOf, score } from '../learn/fit.ts';
import { estimatorSchema } from '../learn/pipeline.ts';
import { columnKinds } from '../table/column.ts';
import { takeDatasetRows } from '../table/dataset.ts';
import { columnNames } from '../table/table.ts';
import { examplePipeline } from './shared/composite-examples.ts';
import { creditInputs } from './shared/credit-inputs.ts';
import { innerFolds } from './shared/inner-folds.ts';
import { linearEnd, stackContributions } from './stacking/contributions.ts';
import { type FittedModel, fitFinal, type LastModel, usualFinal } from './stacking/final-model.ts';
import { clampedLogOdds, finalTable } from './stacking/log-odds-table.ts';

const params = z.strictObject({
  models: z
    .array(estimatorSchema)
    .min(1)
    .max(50)
    .default([
      { id: 'logistic-regression', params: {} },
      { id: 'random-forest', params: {} },
    ])
    .describe('The models that are asked, each with its parameters.'),
  folds: z.int().min(2).max(20).default(5).describe('Parts whose scores the last model learns on.'),
  final: estimatorSchema
    .default(usualFinal)
    .describe('The last model, which learns from the log-odds of the others.'),
});

export type StackingState = LastModel & { readonly models: readonly FittedModel[] };

export const stacking = defineClassifier({
  id: 'stacking',
  version: 1,
  title: 'Stacking',
  params,
  tags: { kinds: columnKinds, acceptsMissing: true, acceptsWeights: true, isRandom: true },
  examples: [
    {
      params: {
        models: [examplePipeline('logistic-regression'), examplePipeline('decision-tree')],
        folds: 3,
      },
    },
    {
      params: {
        models: [examplePipeline('decision-tree', { minLeaf: 5 }), examplePipeline('prior')],
        folds: 2,
        final: { id: 'decision-tree', params: { maxDepth: 3 } },
      },
    },
  ],
  async fit(data, { models, folds, final }, ctx): Promise<StackingState> {
    const parts = innerFolds('stacking', data, folds, ctx.random.fork('folds'));
    const anonymous = { ...data, ids: null };
    // One data set a fold for all models, so that equal steps are fitted once.
    const complements = parts.map(({ train }) => takeDatasetRows(anonymous, train));
    const answers = await ctx.map(
      models.flatMap((model, m) => {
        const stream = ctx.random.fork('model', m);
        return [
          ...complements.map((rows, fold) => ({
            ...model,
            data: rows,
            stream: stream.fork('fold', fold).path,
          })),
          { ...model, data: anonymous, stream: stream.fork('all').path },
        ];
      }),
    );
    const scores = models.map(() => new Float64Array(data.table.rowCount));
    parts.forEach(({ validation }, fold) => {
      const held = takeDatasetRows(anonymous, validation).table;
      scores.forEach((known, m) => {
        const own = score(answers[m * (folds + 1) + fold]!.fitted, held, ctx.catalogue);
        validation.forEach((row, i) => {
          known[row] = own[i]!;
        });
      });
    });
    const whole = models.map((_, m) => answers[m * (folds + 1) + folds]!);
    for (const { notes } of whole) for (const note of notes) ctx.note(note);
    return {
      models: whole.map(({ fitted }) => fitted as FittedModel),
      ...(await fitFinal(final, scores, anonymous, ctx)),
    };
  },
  predictProba({ models, final, most }, table, catalogue) {
    const logOdds = models.map((model) => clampedLogOdds(score(model, table, catalogue), most));
    return score(final, finalTable(logOdds, table.rowCount), catalogue);
  },
  describe: (state, catalogue) =>
    [
      `A stack of ${countOf(state.models.length, 'model')}, weighed up by one more: ${describe(state.final, catalogue)}`,
      ...state.models.map((model, m) => `Model ${m + 1}: ${describe(model, catalogue)}`),
    ].join(' '),
  simplicity: ({ models }) => [8, models.length],
  preparation: ({ models }, catalogue) =>
    models.every((model) => preparationOf(model, catalogue) === 'native') ? 'native' : 'full',
  contributions(state, table, catalogue) {
    // Of other last models the parts hang together, so no sum over the models inside tells them.
    if (state.final.id !== 'logistic-regression') return undefined;
    const columns = columnNames(table);
    const parts = state.models.flatMap((model) => {
      const own = contributions(model, table, catalogue);
      return own ? creditInputs(model, own, columns, table.rowCount, catalogue) : [];
    });
    if (parts.length < state.models.length) return undefined;
    // The last model is linear: two rows tell its weights.
    const ends = finalTable(
      parts.map(() => [0, 1]),
      2,
    );
    return stackContributions(linearEnd(contributions(state.final, ends, catalogue)!), parts, state.most);
  },
});
