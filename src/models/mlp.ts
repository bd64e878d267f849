/**
 * A small neural network: learns its own mixtures of the columns and adds those up into a probability.
 *
 * Layers of units, each max(0, weighted sum of the layer before + bias); last one sum, and P(churn) = sigmoid of it.
 * Minimises the mean log loss + alpha / (2 n) |weights|^2 by Adam, batch by batch, n the weight of a batch's rows; with
 * `earlyStopping` a share of the training rows tells when to stop. Weights start evenly drawn (Glorot & Bengio 2010), so seeds differ.
 * Number and boolean columns on one scale (standardise before); missing values are refused, impute before. A row's
 * weight multiplies its loss. Cost of a fit O(epochs x rows x weights), of a score O(weights).
 * Matches https://scikit-learn.org/stable/modules/generated/sklearn.neural_network.MLPClassifier.html
 */
import { z } from 'zod';
import { DataError, ModelFileError } from '../base/errors.ts';
import type { SearchRange } from '../base/schema.ts';
import { countOf } from '../base/text.ts';
import { kernelScores } from '../kernels/mlp/kernel-scores.ts';
import { drawWeights, layersOf } from '../kernels/mlp/network.ts';
import type { NetworkScores } from '../kernels/mlp/network-scores.ts';
import { defineClassifier } from '../learn/definition.ts';
import { sigmoid } from '../math/sigmoid.ts';
import { keptMatrix, toMatrix, writeRows } from '../table/matrix.ts';
import { columnNames, type Table } from '../table/table.ts';

import { type Rows, trainNetwork } from './mlp/train-network.ts';
import { innerValidation, weightedRows } from './shared/inner-validation.ts';
import { classWeightParam, rowWeights } from './shared/row-weights.ts';

const params = z.strictObject({
  hidden: z
    .array(z.int().min(1).max(4096))
    .min(1)
    .max(8)
    .default([64])
    .describe('Units of each hidden layer, from the columns on.')
    .meta({ search: { type: 'choice', values: [[32], [64], [64, 32], [128, 64]] } satisfies SearchRange }),
  alpha: z
    .number()
    .min(0)
    .max(1e6)
    .default(1e-4)
    .describe('Pull of the weights towards 0.')
    .meta({ search: { type: 'log', low: 1e-5, high: 1 } satisfies SearchRange }),
  learningRate: z
    .number()
    .gt(0)
    .max(10)
    .default(1e-3)
    .describe('Size of the first steps of Adam.')
    .meta({ search: { type: 'log', low: 3e-4, high: 1e-2 } satisfies SearchRange }),
  batchSize: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(200)
    .describe('Rows of one step; all where there are fewer.'),
  maxEpochs: z.int().min(1).max(100_000).default(200).describe('Most times that every row is seen.'),
  earlyStopping: z
    .boolean()
    .default(true)
    .describe('Stop by accuracy on rows set aside and keep the best weights; false stops by the loss.'),
  validationShare: z
    .number()
    .gt(0)
    .lt(1)
    .default(0.1)
    .describe('Share of the training rows set aside for early stopping.'),
  patience: z.int().min(1).max(100_000).default(10).describe('Epochs without gain that are borne.'),
  tolerance: z.number().min(0).max(1).default(1e-4).describe('A smaller gain counts as none.'),
  // Bounds that single precision, in which it learns, tells from 1 and from 0.
  beta1: z.number().min(0).max(0.999_999).default(0.9).describe("Adam's memory of the slope."),
  beta2: z.number().min(0).max(0.999_999).default(0.999).describe("Adam's memory of the slope's size."),
  epsilon: z.number().min(1e-30).max(1).default(1e-8).describe('Keeps the steps of Adam finite.'),
  classWeight: classWeightParam,
});

export type MlpState = {
  readonly columns: readonly string[];
  /** Columns, hidden units of each layer, and 1. */
  readonly sizes: readonly number[];
  /** As `kernels/mlp/network.ts` lays them out. */
  readonly weights: Float64Array;
  readonly epochs: number;
  readonly isConverged: boolean;
  /** Best share told right among the rows set aside; null without them. */
  readonly accuracy: number | null;
};

export const mlp = defineClassifier({
  id: 'mlp',
  version: 1,
  title: 'Neural network (MLP)',
  params,
  tags: { kinds: ['number', 'boolean'], acceptsMissing: false, acceptsWeights: true, isRandom: true },
  examples: [
    { params: { hidden: [12], learningRate: 0.02, batchSize: 32, alpha: 1 } },
    { params: { hidden: [8, 4], learningRate: 0.02, batchSize: 50, earlyStopping: false, maxEpochs: 30 } },
  ],
  async fit(data, settings, ctx): Promise<MlpState> {
    const matrix = keptMatrix('mlp', data.table);
    const weights = rowWeights(data, settings.classWeight);
    const rows = weightedRows(weights);
    const part = (chosen: Int32Array): Rows => ({ matrix, labels: data.labels, weights, chosen });
    const parts = settings.earlyStopping
      ? innerValidation(data, rows, settings.validationShare, ctx.random.fork('validation'))
      : undefined;
    if (settings.earlyStopping && !parts) {
      ctx.note({
        code: 'model.no-early-stopping',
        message: 'mlp: too few rows to set some aside, so it stopped by the loss on the training rows',
      });
    }
    const sizes = [matrix.columns, ...settings.hidden, 1];
    const trained = trainNetwork({
      sizes,
      start: drawWeights(sizes, ctx.random.fork('weights')),
      training: part(parts?.training ?? rows),
      validation: parts && part(parts.validation),
      settings,
      shuffle: ctx.random.fork('shuffle'),
      signal: ctx.signal,
    });
    if (!trained.weights.every(Number.isFinite)) {
      throw new DataError(
        'learn.diverged',
        'mlp: the weights grew beyond all bounds; bring the columns to one scale or lower learningRate',
        { who: 'mlp' },
      );
    }
    if (!trained.isConverged) {
      ctx.note({
        code: 'model.not-converged',
        message: `mlp: still getting better after ${countOf(trained.epochs, 'epoch')}; raise maxEpochs or learningRate`,
      });
    }
    const { epochs, isConverged, accuracy } = trained;
    return {
      columns: columnNames(data.table),
      sizes,
      weights: trained.weights,
      epochs,
      isConverged,
      accuracy,
    };
  },
  predictProba(state, table) {
    const scores = scoresOf(state, table.columns.length)(table.rowCount, (to, at, from, count) => {
      if (!writeRows('mlp', table, to, at, from, count)) refuse(table);
    });
    for (let r = 0; r < scores.length; r++) {
      // Two endless terms of opposite sign leave nothing to go by.
      scores[r] = Number.isNaN(scores[r]!) ? 0.5 : sigmoid(scores[r]!);
    }
    return scores;
  },
  describe({ columns, sizes, epochs }) {
    const hidden = sizes.slice(1, -1).join(' and ');
    return `Neural network on ${columns.length} columns with ${hidden} hidden units, trained for ${countOf(epochs, 'epoch')}.`;
  },
  simplicity: ({ hidden, alpha }) => [
    5,
    hidden.length,
    hidden.reduce((sum, units) => sum + units, 0),
    -alpha,
  ],
});

const ready = new WeakMap<Float64Array, NetworkScores>();

/** The network made ready the first time it is asked: a model is scored many times and never changed. */
function scoresOf({ sizes, weights }: MlpState, columns: number): NetworkScores {
  const known = ready.get(weights);
  if (known && columns === sizes[0]) return known;
  requireSound(sizes, weights, columns);
  const scores = kernelScores(sizes, weights);
  ready.set(weights, scores);
  return scores;
}

/** A file whose hashes were made anew may hold layers that its weights do not fill. */
function requireSound(sizes: readonly number[], weights: Float64Array, columns: number): void {
  const areSizes = sizes.every((size, l) => Number.isSafeInteger(size) && size >= (l === 0 ? 0 : 1));
  if (
    areSizes &&
    sizes[0] === columns &&
    sizes.at(-1) === 1 &&
    layersOf(sizes).weightCount === weights.length
  )
    return;
  throw new ModelFileError(
    'model.damaged',
    'mlp: its weights do not fill its layers; train the model again',
    {
      who: 'mlp',
    },
  );
}

/** A column has a missing or infinite value: says which, and in how many rows. */
function refuse(table: Table): never {
  toMatrix('mlp', table);
  throw new TypeError('mlp: a value that is not finite was seen and is no longer there');
}
