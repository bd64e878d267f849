/**
 * Asks several models and takes the mean of their probabilities: steadier than each alone where they err differently.
 *
 * P(churn) = sum_m weight_m P_m / sum_m weight_m. Each model is fitted on all rows with a random stream of its own.
 * `voteFitted` makes a vote of models that are fitted already. Columns, missing values and row weights are as every one
 * of the models takes them. Where all models add up in probability, as forests do, so does their mean. Cost: that of the models.
 * Matches https://scikit-learn.org/stable/modules/generated/sklearn.ensemble.VotingClassifier.html (voting='soft').
 */
import { z } from 'zod';
import { ParamError } from '../base/errors.ts';
import type { Plain } from '../base/plain.ts';
import { countOf } from '../base/text.ts';
import { defineClassifier, type FittedClassifier } from '../learn/definition.ts';
import { contributions, describe, preparationOf, score } from '../learn/fit.ts';
import { estimatorSchema } from '../learn/pipeline.ts';
import { columnKinds } from '../table/column.ts';
import { columnNames } from '../table/table.ts';
import { examplePipeline } from './shared/composite-examples.ts';
import { creditInputs } from './shared/credit-inputs.ts';
import { joinedInputs } from './shared/joined-inputs.ts';

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
    if (weights) checkWeightCount(models.length, weights);
    const answers = await ctx.map(
      models.map((model, m) => ({
        ...model,
        data: { ...data, ids: null },
        stream: ctx.random.fork('model', m).path,
      })),
    );
    for (const { notes } of answers) for (const note of notes) ctx.note(note);
    return {
      models: answers.map(({ fitted }) => fitted as FittedModel),
      shares: sharesOf(weights ?? models.map(() => 1)),
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
  contributions(state, table, catalogue) {
    const columns = columnNames(table);
    const values = new Float64Array(table.rowCount * columns.length);
    let base = 0;
    for (const [m, model] of state.models.entries()) {
      const own = contributions(model, table, catalogue);
      // Parts in log-odds don't add up to a mean of probabilities.
      if (own?.link !== 'probability') return undefined;
      const share = state.shares[m]!;
      const credited = creditInputs(model, own, columns, table.rowCount, catalogue).values;
      base += share * own.base;
      for (let at = 0; at < values.length; at++) values[at]! += share * credited[at]!;
    }
    return { link: 'probability', base, columns, values };
  },
});

/** A vote of models that are fitted already; those of weight 0 are left out. Its inputs are theirs together. */
export function voteFitted(
  models: readonly FittedClassifier[],
  weights: readonly number[],
): FittedClassifier {
  checkWeightCount(models.length, weights);
  const voters = models.filter((_, m) => weights[m] !== 0);
  const votes = weights.filter((weight) => weight !== 0);
  const { params: chosen } = softVoting({
    models: voters.map(({ id, params: own }) => ({ id, params: own })),
    weights: votes,
  });
  const state: SoftVotingState = {
    models: voters as readonly FittedClassifier[] as readonly FittedModel[],
    shares: sharesOf(votes),
  };
  return {
    role: 'classifier',
    id: softVoting.id,
    version: softVoting.version,
    params: chosen,
    inputs: joinedInputs(softVoting.id, voters),
    state,
  };
}

function sharesOf(votes: readonly number[]): Float64Array {
  const total = votes.reduce((sum, vote) => sum + vote, 0);
  return Float64Array.from(votes, (vote) => vote / total);
}

function checkWeightCount(models: number, weights: readonly number[]): void {
  if (weights.length === models) return;
  throw new ParamError(
    'param.value',
    `soft-voting: weights must be one a model, ${countOf(models, 'number')}, got ${weights.length}; add or leave out some`,
    { who: 'soft-voting', param: 'weights' },
  );
}
