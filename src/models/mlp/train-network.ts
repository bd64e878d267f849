/**
 * Learning in epochs: every row once in a fresh random order, batch by batch, until nothing gets better.
 *
 * With validation rows the weights of the epoch that got most of them right (first of equals) are kept; the search ends
 * when `patience` + 1 epochs in a row did not beat the best by `tolerance`. Without them it ends when the mean loss
 * of an epoch has not fallen by `tolerance` as often, and the last weights stay. As scikit-learn's MLPClassifier.
 */
import type { Random } from '../../base/random.ts';
import type { Stopper } from '../../learn/context.ts';
import type { Matrix } from '../../table/matrix.ts';
import { layersOf } from './network.ts';
import {
  type AdamSettings,
  adamStep,
  createAdam,
  createWorkspace,
  forward,
  lossAndGradient,
  type Workspace,
} from './train-step.ts';

export interface Rows {
  readonly matrix: Matrix;
  readonly labels: Uint8Array;
  readonly weights: Float64Array;
  /** Which rows of the matrix. */
  readonly chosen: Int32Array;
}

export interface TrainingSettings extends AdamSettings {
  readonly alpha: number;
  readonly batchSize: number;
  readonly maxEpochs: number;
  readonly patience: number;
  readonly tolerance: number;
}

export interface TrainedNetwork {
  readonly weights: Float64Array;
  readonly epochs: number;
  /** Mean loss of the last epoch. */
  readonly loss: number;
  /** Best share of validation weight told right; null without validation rows. */
  readonly accuracy: number | null;
  /** Ended because nothing got better, not because the epochs ran out. */
  readonly isConverged: boolean;
}

/** Trains from the weights given, which are not changed. `shuffle` decides the order of rows in each epoch. */
export function trainNetwork(
  sizes: readonly number[],
  start: Float64Array,
  training: Rows,
  validation: Rows | undefined,
  settings: TrainingSettings,
  shuffle: Random,
  signal?: Stopper,
): TrainedNetwork {
  const { layers, weightCount } = layersOf(sizes);
  const batchSize = Math.min(settings.batchSize, training.chosen.length);
  const workspace = createWorkspace(layers, weightCount, Math.max(batchSize, scoringBlock));
  const weights = start.slice();
  const best = start.slice();
  const adam = createAdam(weightCount);
  const order = training.chosen.slice();
  let bestAccuracy = Number.NEGATIVE_INFINITY;
  let bestLoss = Number.POSITIVE_INFINITY;
  let loss = 0;
  let withoutGain = 0;
  let epochs = 0;
  while (epochs < settings.maxEpochs && withoutGain <= settings.patience) {
    signal?.throwIfAborted();
    shuffle.shuffle(order);
    loss = 0;
    for (let from = 0; from < order.length; from += batchSize) {
      const batch = gather(workspace, training, order.subarray(from, from + batchSize));
      const batchLoss = lossAndGradient(
        workspace,
        weights,
        batch.labels,
        batch.weights,
        batch.rows,
        settings.alpha,
      );
      adamStep(weights, workspace.gradient, adam, settings);
      loss += (batchLoss * batch.rows) / order.length;
    }
    epochs++;
    if (validation) {
      const accuracy = accuracyOf(workspace, weights, validation);
      withoutGain = accuracy < bestAccuracy + settings.tolerance ? withoutGain + 1 : 0;
      if (accuracy > bestAccuracy) {
        bestAccuracy = accuracy;
        best.set(weights);
      }
    } else {
      withoutGain = loss > bestLoss - settings.tolerance ? withoutGain + 1 : 0;
      bestLoss = Math.min(bestLoss, loss);
    }
  }
  return {
    weights: validation ? best : weights,
    epochs,
    loss,
    accuracy: validation ? bestAccuracy : null,
    isConverged: withoutGain > settings.patience,
  };
}

/** Rows scored at a time: enough to be quick, few enough to stay in the cache. */
const scoringBlock = 256;

/** Log-odds of every row of a matrix. */
export function networkLogOdds(
  sizes: readonly number[],
  weights: Float64Array,
  matrix: Matrix,
): Float64Array {
  const { layers, weightCount } = layersOf(sizes);
  const workspace = createWorkspace(layers, weightCount, Math.min(scoringBlock, matrix.rows));
  const logOdds = new Float64Array(matrix.rows);
  for (let from = 0; from < matrix.rows; from += scoringBlock) {
    const rows = Math.min(scoringBlock, matrix.rows - from);
    workspace.outputs[0]!.set(matrix.values.subarray(from * matrix.columns, (from + rows) * matrix.columns));
    logOdds.set(forward(workspace, weights, rows).subarray(0, rows), from);
  }
  return logOdds;
}

interface Batch {
  readonly labels: Uint8Array;
  readonly weights: Float64Array;
  readonly rows: number;
}

/** Copies rows into the workspace, their labels and weights beside them. */
function gather(workspace: Workspace, { matrix, labels, weights }: Rows, rows: Int32Array): Batch {
  const { columns, values } = matrix;
  const input = workspace.outputs[0]!;
  const batch = {
    labels: new Uint8Array(rows.length),
    weights: new Float64Array(rows.length),
    rows: rows.length,
  };
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    for (let c = 0, from = row * columns, to = i * columns; c < columns; c++)
      input[to + c] = values[from + c]!;
    batch.labels[i] = labels[row]!;
    batch.weights[i] = weights[row]!;
  }
  return batch;
}

/** Share of the rows' weight that lies on the right side of one half. */
function accuracyOf(workspace: Workspace, weights: Float64Array, validation: Rows): number {
  let right = 0;
  let total = 0;
  for (let from = 0; from < validation.chosen.length; from += scoringBlock) {
    const batch = gather(workspace, validation, validation.chosen.subarray(from, from + scoringBlock));
    const logOdds = forward(workspace, weights, batch.rows);
    for (let r = 0; r < batch.rows; r++) {
      total += batch.weights[r]!;
      if (logOdds[r]! > 0 === (batch.labels[r] === 1)) right += batch.weights[r]!;
    }
  }
  return right / total;
}
