/**
 * Asks several models and lets a last one learn how far to trust each of them.
 *
 * Each model is fitted on each of `folds` parts' complement and scores that part; on these scores, none from a fit that
 * saw its row, the last model learns, a logistic regression unless said otherwise. The models that stay are fitted on all
 * rows. The last model sees log-odds (`stacking/log-odds-table.ts`), clamped at log(rows + 2). `stackFitted` stacks
 * models that are fitted already, by scores that are known already. Columns, missing values and row weights are as every
 * one of the models takes them. Cost: folds + 1 fits a model, and a small one.
 * Matches https://scikit-learn.org/stable/modules/generated/sklearn.ensemble.StackingClassifier.html, but for the last
 * model's input, there probabilities. Source: Wolpert 1992, "Stacked generalization"; van der Laan, Polley & Hubbard 2007.
 */
import { z } from 'zod';
import type { Plain } from '../base/plain.ts';
import { countOf } from '../base/text.ts';
import { foldRows, stratifiedFolds } from '../data/splits/stratified-folds.ts';
import type { Catalogue } from '../learn/catalogue.ts';
import type { Context } from '../learn/context.ts';
import { defineClassifier, type Estimator, type FittedClassifier } from '../learn/definition.ts';
import { contributions, describe, fitClassifier, preparationOf, score } from '../learn/fit.ts';
import { estimatorSchema } from '../learn/pipeline.ts';
import { columnKinds } from '../table/column.ts';
import { createDataset, type Dataset, takeDatasetRows, withTable } from '../table/dataset.ts';
import { columnNames, createTable, type Table } from '../table/table.ts';
import { examplePipeline } from './shared/composite-examples.ts';
import { creditInputs } from './shared/credit-inputs.ts';
import { joinedInputs } from './shared/joined-inputs.ts';
import { rowWeights } from './shared/row-weights.ts';
import { linearEnd, stackContributions } from './stacking/contributions.ts';
import { clampedLogOdds, finalTable, mostLogOdds } from './stacking/log-odds-table.ts';

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
    .default({ id: 'logistic-regression', params: { l2: 1 } })
    .describe('The last model, which learns from the log-odds of the others.'),
});

type FittedModel = FittedClassifier & { readonly [key: string]: Plain };
export type StackingState = {
  readonly models: readonly FittedModel[];
  readonly final: FittedModel;
  /** Log-odds beyond this, either way, count as this. */
  readonly most: number;
};

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
    const parts = foldRows(stratifiedFolds(data.labels, folds, ctx.random.fork('folds')), folds);
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
  predictProba: (state, table, catalogue) =>
    score(state.final, finalInputs(state, table, catalogue), catalogue),
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
      return own ? creditInputs(model, own, columns, catalogue) : [];
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

/** What a stack is made of where fits and scores are there already. */
export interface FittedStack {
  /** Fitted on all rows. The stack's inputs are theirs together. */
  readonly models: readonly FittedClassifier[];
  /** P(churn) of each row from a fit of that model that did not see it; NaN for a row that has none: it is left out. */
  readonly outOfFold: readonly Float64Array[];
  readonly labels: Uint8Array;
  readonly weights?: Float64Array | null;
  /** The last model; a logistic regression unless said. */
  readonly final?: Estimator;
  /** How many folds made the scores, for the parameters that the stack tells. */
  readonly folds?: number;
}

/** A stack of models that are fitted already: the last model alone is fitted. */
export async function stackFitted(stack: FittedStack, ctx: Context): Promise<FittedClassifier> {
  const { models, folds } = stack;
  const { params: chosen } = stacking({
    models: models.map(({ id, params: own }) => ({ id, params: own })),
    final: finalOf(stack),
    ...(folds !== undefined && { folds }),
  });
  const state: StackingState = {
    models: models as readonly FittedModel[],
    ...(await fitFinal(finalOf(stack), stack.outOfFold, stackRows(stack), ctx)),
  };
  return {
    role: 'classifier',
    id: stacking.id,
    version: stacking.version,
    params: chosen,
    inputs: joinedInputs(stacking.id, models),
    state,
  };
}

/**
 * How a stack would score rows it has not seen: the last model is fitted again for each part, on the rows outside of it.
 * P(churn) of each row; NaN where a model has no score, or no part holds the row. Cost: one small fit a part.
 */
export async function stackOutOfFold(
  stack: Omit<FittedStack, 'models' | 'folds'>,
  parts: readonly { readonly validation: Int32Array }[],
  ctx: Context,
): Promise<Float64Array> {
  const { outOfFold } = stack;
  const data = stackRows(stack);
  const scores = new Float64Array(data.labels.length).fill(Number.NaN);
  for (const [fold, { validation }] of parts.entries()) {
    const held = new Set(validation);
    const hidden = outOfFold.map((own) => own.map((p, row) => (held.has(row) ? Number.NaN : p)));
    const random = ctx.random.fork('fold', fold);
    const { final, most } = await fitFinal(finalOf(stack), hidden, data, { ...ctx, random });
    const rows = knownRows(outOfFold, validation);
    const table = finalTable(
      outOfFold.map((own) => clampedLogOdds(pick(own, rows), most)),
      rows.length,
    );
    const answers = score(final, table, ctx.catalogue);
    rows.forEach((row, i) => {
      scores[row] = answers[i]!;
    });
  }
  return scores;
}

const finalOf = ({ final }: Pick<FittedStack, 'final'>): Estimator =>
  final ?? { id: 'logistic-regression', params: { l2: 1 } };

/** Labels and weights without columns: all that the last model's fit takes of them. */
const stackRows = ({ labels, weights = null }: Pick<FittedStack, 'labels' | 'weights'>): Dataset =>
  createDataset(createTable([], labels.length), labels, { weights });

/** The last model, fitted on the rows that every model has a score of. */
async function fitFinal(
  final: Estimator,
  scores: readonly Float64Array[],
  data: Dataset,
  ctx: Context,
): Promise<Pick<StackingState, 'final' | 'most'>> {
  const rows = knownRows(scores, Int32Array.from(data.labels.keys()));
  const chosen = takeDatasetRows(data, rows);
  const most = mostLogOdds(rowWeights(chosen, 'none').reduce((total, weight) => total + weight, 0));
  const table = finalTable(
    scores.map((own) => clampedLogOdds(pick(own, rows), most)),
    rows.length,
  );
  const random = ctx.random.fork('final');
  const fitted = await fitClassifier(final, withTable(chosen, table), { ...ctx, random });
  return { final: fitted as FittedModel, most };
}

function finalInputs({ models, most }: StackingState, table: Table, catalogue: Catalogue): Table {
  const scores = models.map((model) => clampedLogOdds(score(model, table, catalogue), most));
  return finalTable(scores, table.rowCount);
}

const knownRows = (scores: readonly Float64Array[], rows: Int32Array): Int32Array =>
  rows.filter((row) => scores.every((own) => !Number.isNaN(own[row]!)));

const pick = (values: Float64Array, rows: Int32Array): Float64Array =>
  Float64Array.from(rows, (row) => values[row]!);
