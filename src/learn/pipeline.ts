/**
 * Steps one after the other and a model at the end, fitted together on the same rows: itself a classifier.
 *
 * Each step is fitted on what the step before made of the training rows, so nothing outside the fold is seen; pipelines
 * fitted on the same data set share the steps that they begin with alike.
 * Matches https://scikit-learn.org/stable/modules/generated/sklearn.pipeline.Pipeline.html
 */
import { z } from 'zod';
import type { Plain } from '../base/plain.ts';
import { columnKinds } from '../table/column.ts';
import { withTable } from '../table/dataset.ts';
import type { Table } from '../table/table.ts';
import type { Catalogue } from './catalogue.ts';
import { defineClassifier, type FittedClassifier, type FittedTransformer } from './definition.ts';
import { columnsOut, contributions, describe, fitClassifier, score, transform } from './fit.ts';
import { fitSharedStep } from './shared-steps.ts';

/** The schema of `{ id, params }` inside a composite's parameters. */
export const estimatorSchema = z.strictObject({
  id: z.string().min(1).describe('Id of the step or model.'),
  params: z
    .custom<Plain>((value) => typeof value === 'object' && value !== null, 'a group of keys, {} for none')
    .describe('Its parameters.'),
});

const params = z.strictObject({
  steps: z.array(estimatorSchema).default([]).describe('Transformers, in order.'),
  model: estimatorSchema.default({ id: 'prior', params: {} }).describe('The classifier at the end.'),
});

export type PipelineState = { readonly steps: readonly FittedStep[]; readonly model: FittedModel };
type FittedStep = FittedTransformer & { readonly [key: string]: Plain };
type FittedModel = FittedClassifier & { readonly [key: string]: Plain };

export const pipeline = defineClassifier({
  id: 'pipeline',
  version: 1,
  title: 'Pipeline',
  params,
  tags: { kinds: columnKinds, acceptsMissing: true, acceptsWeights: true, isRandom: true },
  // They name the columns of `checks/data.ts` and steps that the full catalogue knows.
  examples: [
    {
      params: {
        steps: [
          {
            id: 'column-router',
            params: {
              routes: [{ columns: ['tenureYears', 'chargeChange'], steps: [{ id: 'impute', params: {} }] }],
            },
          },
        ],
        model: { id: 'decision-tree', params: {} },
      },
    },
    {
      params: {
        steps: [
          {
            id: 'column-router',
            params: {
              routes: [
                {
                  columns: ['tenureYears', 'chargeChange', 'callCount'],
                  steps: [
                    { id: 'impute', params: {} },
                    { id: 'iqr-clip', params: {} },
                    { id: 'standard-scale', params: {} },
                  ],
                },
                {
                  columns: ['contract', 'payment'],
                  steps: [
                    { id: 'impute', params: {} },
                    { id: 'one-hot', params: {} },
                  ],
                },
              ],
            },
          },
        ],
        model: { id: 'logistic-regression', params: {} },
      },
    },
  ],
  async fit(data, { steps, model }, ctx) {
    const fittedSteps: FittedTransformer[] = [];
    let current = data;
    for (const [index, step] of steps.entries()) {
      const made = await fitSharedStep(step, current, { ...ctx, random: ctx.random.fork('step', index) });
      fittedSteps.push(made.fitted);
      current = made.data;
    }
    const fittedModel = await fitClassifier(model, withTable(data, current.table), {
      ...ctx,
      random: ctx.random.fork('model'),
    });
    return { steps: fittedSteps as FittedStep[], model: fittedModel as FittedModel } satisfies PipelineState;
  },
  predictProba: (state, table, catalogue) => score(state.model, prepared(state, table, catalogue), catalogue),
  describe: (state, catalogue) =>
    [...state.steps, state.model].map((part) => describe(part, catalogue)).join(' '),
  simplicity: () => [9],
  contributions: (state, table, catalogue) =>
    contributions(state.model, prepared(state, table, catalogue), catalogue),
  sources: sourcesOf,
});

/** What the steps of a fitted pipeline make of a table: the input of its model. */
export function prepared(state: PipelineState, table: Table, catalogue: Catalogue): Table {
  return state.steps.reduce((made, step) => transform(step, made, catalogue), table);
}

/** For each input of the pipeline's model: the columns of the raw table that it is made of. */
export function sourcesOf(
  state: PipelineState,
  catalogue: Catalogue,
): ReadonlyMap<string, readonly string[]> {
  return traceSources(
    state.steps,
    state.model.inputs.map((input) => input.name),
    catalogue,
  );
}

/** Follows columns back through steps to the names that went into the first. */
export function traceSources(
  steps: readonly FittedTransformer[],
  names: readonly string[],
  catalogue: Catalogue,
): ReadonlyMap<string, readonly string[]> {
  let known = new Map<string, readonly string[]>(
    (steps[0]?.inputs ?? []).map((input) => [input.name, [input.name]]),
  );
  for (const step of steps) {
    const next = new Map<string, readonly string[]>();
    for (const out of columnsOut(step, catalogue)) {
      next.set(out.name, [...new Set(out.from.flatMap((name) => known.get(name) ?? [name]))]);
    }
    known = next;
  }
  return new Map(names.map((name) => [name, known.get(name) ?? [name]]));
}
