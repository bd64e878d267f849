/**
 * Learning in epochs: every row once in a fresh random order, batch by batch, until nothing gets better.
 *
 * With validation rows the weights of the epoch that got most of them right (first of equals) are kept; the search ends
 * when `patience` + 1 epochs in a row did not beat the best by `tolerance`. Without them it ends when the mean loss
 * of an epoch has not fallen by `tolerance` as often, and the last weights stay. As scikit-learn's MLPClassifier.
 */
import type { Random } from '../../base/random.ts';
import { openKernelTrainer } from '../../kernels/mlp/kernel-trainer.ts';
import type { OpenTrainer, TrainerSettings } from '../../kernels/mlp/network-trainer.ts';
import type { Stopper } from '../../learn/context.ts';
import type { Matrix } from '../../table/matrix.ts';

export interface Rows {
  readonly matrix: Matrix;
  readonly labels: Uint8Array;
  readonly weights: Float64Array;
  /** Which rows of the matrix. */
  readonly chosen: Int32Array;
}

export interface TrainingSettings extends TrainerSettings {
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

export interface Training {
  /** Layer sizes: inputs, hidden units, 1. */
  readonly sizes: readonly number[];
  /** Weights to start from, which are not changed. */
  readonly start: Float64Array;
  readonly training: Rows;
  /** Of the same matrix. */
  readonly validation?: Rows | undefined;
  readonly settings: TrainingSettings;
  /** Decides the order of the rows in each epoch. */
  readonly shuffle: Random;
  readonly signal?: Stopper | undefined;
  /** Who does the sums; the compiled kernel unless said. */
  readonly open?: OpenTrainer;
}

export function trainNetwork(of: Training): TrainedNetwork {
  const { sizes, start, training, validation, settings, shuffle, signal, open = openKernelTrainer } = of;
  const { matrix, labels, weights } = training;
  const batchSize = Math.min(settings.batchSize, training.chosen.length);
  const rows = { values: matrix.values, columns: matrix.columns, labels, weights };
  const network = open(sizes, start, rows, { ...settings, batchSize });
  const weightTotal = validation && sumAt(validation.weights, validation.chosen);
  const order = training.chosen.slice();
  let bestAccuracy = Number.NEGATIVE_INFINITY;
  let bestLoss = Number.POSITIVE_INFINITY;
  let loss = 0;
  let withoutGain = 0;
  let epochs = 0;
  while (epochs < settings.maxEpochs && withoutGain <= settings.patience) {
    signal?.throwIfAborted();
    shuffle.shuffle(order);
    loss = network.epoch(order);
    epochs++;
    if (validation) {
      const accuracy = network.weightRight(validation.chosen) / weightTotal!;
      withoutGain = accuracy < bestAccuracy + settings.tolerance ? withoutGain + 1 : 0;
      if (accuracy > bestAccuracy) {
        bestAccuracy = accuracy;
        network.keep();
      }
    } else {
      withoutGain = loss > bestLoss - settings.tolerance ? withoutGain + 1 : 0;
      bestLoss = Math.min(bestLoss, loss);
    }
  }
  return {
    weights: validation ? network.kept() : network.weights(),
    epochs,
    loss,
    accuracy: validation ? bestAccuracy : null,
    isConverged: withoutGain > settings.patience,
  };
}

const sumAt = (values: Float64Array, rows: Int32Array): number =>
  rows.reduce((sum, row) => sum + values[row]!, 0);
