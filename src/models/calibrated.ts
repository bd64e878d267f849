/**
 * Puts a map over another model that turns its scores into probabilities that hold: of those at 30%, 30 in 100 leave.
 *
 * The model is fitted on each of `folds` parts' complement and scores that part; the map is learned on these scores, none
 * from a fit that saw its row; the model that stays is fitted on all rows. `calibrateFitted` puts a map over a model
 * that is fitted already, learned on rows set aside. Columns, missing values and weights are as the model takes them.
 * Cost: folds + 1 fits. Ranking: `sigmoid` leaves it as it is, `isotonic` makes ties.
 * Matches https://scikit-learn.org/stable/modules/generated/sklearn.calibration.CalibratedClassifierCV.html
 * (ensemble=False), but for the sigmoid's input, here always log-odds.
 */
import { z } from 'zod';
import type { Plain } from '../base/plain.ts';
import { defineClassifier, type FittedClassifier } from '../learn/definition.ts';
import { contributions, describe, preparationOf, score } from '../learn/fit.ts';
import { estimatorSchema } from '../learn/pipeline.ts';
import { columnKinds } from '../table/column.ts';
import { takeDatasetRows } from '../table/dataset.ts';
import { calibratedContributions } from './calibration/contributions.ts';
import {
  applyMap,
  type CalibrationMap,
  type CalibrationMethod,
  calibrationMethods,
  fitMap,
} from './calibration/map.ts';
import { examplePipeline } from './shared/composite-examples.ts';
import { innerFolds } from './shared/inner-folds.ts';
import { rowWeights } from './shared/row-weights.ts';

const params = z.strictObject({
  model: estimatorSchema
    .default({ id: 'logistic-regression', params: {} })
    .describe('The model whose scores are calibrated, with its parameters.'),
  method: z
    .enum(calibrationMethods)
    .default('sigmoid')
    .describe('sigmoid: two numbers, keeps the order; isotonic: free steps, for a thousand rows and more.')
    .meta({ search: { type: 'choice', values: [...calibrationMethods] } }),
  folds: z.int().min(2).max(20).default(5).describe('Parts whose scores the map is learned on.'),
});

type FittedModel = FittedClassifier & { readonly [key: string]: Plain };
export type CalibratedState = {
  readonly model: FittedModel;
  readonly map: CalibrationMap;
  /** Whose scores the map was learned on: of rows left out of a fold, or of rows set aside from the start. */
  readonly learnedOn: 'folds' | 'rows set aside';
};

export const calibrated = defineClassifier({
  id: 'calibrated',
  version: 1,
  title: 'Calibrated model',
  params,
  tags: { kinds: columnKinds, acceptsMissing: true, acceptsWeights: true, isRandom: true },
  examples: [
    { params: { model: examplePipeline('logistic-regression'), folds: 3 } },
    { params: { model: examplePipeline('decision-tree', { minLeaf: 5 }), method: 'isotonic', folds: 2 } },
    // Leaves of one outcome alone: scores of 0 and 1.
    { params: { model: examplePipeline('decision-tree', { maxDepth: 30, minLeaf: 1 }), folds: 2 } },
  ],
  async fit(data, { model, method, folds }, ctx): Promise<CalibratedState> {
    const parts = innerFolds('calibrated', data, folds, ctx.random.fork('folds'));
    const anonymous = { ...data, ids: null };
    const answers = await ctx.map([
      ...parts.map(({ train }, fold) => ({
        ...model,
        data: takeDatasetRows(anonymous, train),
        stream: ctx.random.fork('fold', fold).path,
      })),
      { ...model, data: anonymous, stream: ctx.random.fork('model').path },
    ]);
    const scores = new Float64Array(data.table.rowCount);
    parts.forEach(({ validation }, fold) => {
      const held = takeDatasetRows(anonymous, validation);
      const own = score(answers[fold]!.fitted, held.table, ctx.catalogue);
      validation.forEach((row, i) => {
        scores[row] = own[i]!;
      });
    });
    const last = answers.at(-1)!;
    for (const note of last.notes) ctx.note(note);
    return {
      model: last.fitted as FittedModel,
      map: fitMap(method, scores, data.labels, rowWeights(data, 'none')),
      learnedOn: 'folds',
    };
  },
  predictProba: (state, table, catalogue) => applyMap(state.map, score(state.model, table, catalogue)),
  describe(state, catalogue) {
    const how = state.map.method === 'sigmoid' ? 'a sigmoid' : `${state.map.knots.length} rising knots`;
    return `${describe(state.model, catalogue)} Its scores are calibrated by ${how} learned on ${state.learnedOn === 'folds' ? 'rows left out of a fold' : 'rows set aside'}.`;
  },
  simplicity: ({ folds }) => [6, folds],
  preparation: ({ model }, catalogue) => preparationOf(model, catalogue),
  contributions: (state, table, catalogue) =>
    calibratedContributions(
      state.map,
      state.model,
      contributions(state.model, table, catalogue),
      table.rowCount,
      catalogue,
    ),
});

/** A fitted model with a map over it that was learned on scores of rows it has not seen. */
export function calibrateFitted(
  model: FittedClassifier,
  method: CalibrationMethod,
  scores: Float64Array,
  labels: Uint8Array,
  learnedOn: CalibratedState['learnedOn'] = 'rows set aside',
): FittedClassifier {
  const map = fitMap(method, scores, labels, new Float64Array(scores.length).fill(1));
  const state: CalibratedState = { model: model as FittedModel, map, learnedOn };
  const { params: chosen } = calibrated({ model: { id: model.id, params: model.params }, method });
  return {
    role: 'classifier',
    id: calibrated.id,
    version: calibrated.version,
    params: chosen,
    inputs: model.inputs,
    state,
  };
}

/** What `calibrateFitted` gave, over another fit of the same model: the map stays what it was. */
export const withSameMap = (before: FittedClassifier, model: FittedClassifier): FittedClassifier => ({
  ...before,
  inputs: model.inputs,
  state: { ...(before.state as CalibratedState), model: model as FittedModel },
});
