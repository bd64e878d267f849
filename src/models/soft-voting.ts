/**
 * Asks several models and takes the mean of their probabilities: steadier than each alone where they err differently.
 *
 * P(churn) = sum_m weight_m P_m / sum_m weight_m. Each model is fitted on all rows with a random stream of its own.
 * Columns, missing values and row weights are as every one of the models takes them. Cost: that of the models.
 * Matches https://scikit-learn.org/stable/modules/generated/sklearn.ensemble.VotingClassifier.html (voting='soft').
 */
import { z } from 'zod';
import { ParamError } from '../base/errors.ts';
import type { Plain } from '../base/plain.ts';
import { countOf } from '../base/text.ts';
import { defineClassifier, type FittedClassifier } from '../learn/definition.ts';
import { describe, preparationOf, score } from '../learn/fit.ts';
import { estimatorSchema } from '../learn/pipeline.ts';
import { columnKinds } from '../table/column.ts';
import { examplePipeline } from './shared/composite-examples.ts';

const params = z.strictObject({
  models: z
    .array(estimatorSchema)
    .min(1)
    .max(50)
    .default([
      { id: 'logistic-regression', params: {} },
      { id: 'random-forest', params: {} },
    ])
    .describe('The models that vote, each with its parameters.'),
  weights: z
    .array(z.number().gt(0).max(1e6))
    .min(1)
    .nullable()
    .default(null)
    .describe('How much each model counts, in the order of the models; null counts them alike.'),
});

type FittedModel = FittedClassifier & { readonly [key: string]: Plain };
export type SoftVotingState = {
  readonly models: readonly FittedModel[];
  /** Shares of the vote, summing to 1. */
  readonly shares: Float64Array;
};

export const softVoting = defineClassifier({
  id: 'soft-voting',
  version: 1,
  title: 'Soft voting',
  params,
  tags: { kinds: columnKinds, acceptsMissing: true, acceptsWeights: true, isRandom: true },
  examples: [
    { params: { models: [examplePipeline('logistic-regression'), examplePipeline('decision-tree')] } },
    { params: { models: [examplePipeline('decision-tree'), examplePipeline('prior')], weights: [4, 1] } },
  ],
  async fit(data, { models, weights }, ctx): Promise<SoftVotingState> {
    if (weights && weights.length !== models.length) {
      throw new ParamError(
        'param.value',
        `soft-voting: weights must be one a model, ${countOf(models.length, 'number')}, got ${weights.length}; add or leave out some`,
        { who: 'soft-voting', param: 'weights' },
      );
    }
    const answers = await ctx.map(
      models.map((model, m) => ({
        ...model,
        data: { ...data, ids: null },
        stream: ctx.random.fork('model', m).path,
      })),
    );
    for (const { notes } of answers) for (const note of notes) ctx.note(note);
    const votes = weights ?? models.map(() => 1);
    const total = votes.reduce((sum, vote) => sum + vote, 0);
    return {
      models: answers.map(({ fitted }) => fitted as FittedModel),
      shares: Float64Array.from(votes, (vote) => vote / total),
    };
  },
  predictProba(state, table, catalogue) {
    const mean = new Float64Array(table.rowCount);
    for (const [m, model] of state.models.entries()) {
      const share = state.shares[m]!;
      const scores = score(model, table, catalogue);
      for (let row = 0; row < mean.length; row++) mean[row]! += share * scores[row]!;
    }
    // Shares may add up to a rounding error more than 1.
    return mean.map((p) => Math.min(1, p));
  },
  describe: (state, catalogue) =>
    [
      `The mean of ${countOf(state.models.length, 'model')}.`,
      ...state.models.map((model) => describe(model, catalogue)),
    ].join(' '),
  simplicity: ({ models }) => [7, models.length],
  preparation: ({ models }, catalogue) =>
    models.every((model) => preparationOf(model, catalogue) === 'native') ? 'native' : 'full',
});
