/** A search with real fits and a real clock, some of them longer than any budget; for the test and the bench of budgets. */
import { createRandom } from '../../../base/random.ts';
import { catalogue } from '../../../catalogue.ts';
import { foldRows, stratifiedFolds } from '../../../data/splits/stratified-folds.ts';
import type { Estimator } from '../../../learn/definition.ts';
import { gradientBoosting } from '../../../models/gradient-boosting.ts';
import { mlp } from '../../../models/mlp.ts';
import { prior } from '../../../models/prior.ts';
import { randomForest } from '../../../models/random-forest.ts';
import { type CandidateResult, crossValidate } from '../../../selection/cross-validate.ts';
import { numberColumn } from '../../../table/column.ts';
import { createDataset } from '../../../table/dataset.ts';
import { createTable } from '../../../table/table.ts';
import { realClock } from '../../clock.ts';
import { createThreadMap } from '../thread-map.ts';

const rows = 4000;
const random = createRandom(3);
const x = Array.from({ length: 8 }, () => Array.from({ length: rows }, () => random.normal()));
const data = createDataset(
  createTable(x.map((values, i) => numberColumn(`x${i}`, values))),
  x[0]!.map((value, row) => (value + x[1]![row]! + 1.5 * random.normal() > 0.8 ? 1 : 0)),
);
const folds = foldRows(stratifiedFolds(data.labels, 5, createRandom(2)), 5);
const accuracy = (labels: Uint8Array, scores: Float64Array): number =>
  labels.reduce((right, label, i) => right + ((scores[i]! >= 0.5 ? 1 : 0) === label ? 1 : 0), 0) /
  labels.length;

/** Seconds that a search took by the wall, and its candidates without their CPU seconds. */
export async function search(candidates: readonly Estimator[], threads: number, budgetSeconds?: number) {
  const threadMap = createThreadMap({ threads, clock: realClock, catalogue });
  const startedAt = realClock.now();
  try {
    const results = await crossValidate(
      {
        candidates,
        wrap: (candidate) => candidate,
        data,
        folds,
        measure: accuracy,
        endsAt: budgetSeconds === undefined ? undefined : startedAt + 1000 * budgetSeconds,
      },
      { random: createRandom(7), clock: realClock, catalogue, map: threadMap.map, note: () => {} },
    );
    return { seconds: (realClock.now() - startedAt) / 1000, results: results.map(withoutSeconds) };
  } finally {
    await threadMap.close();
  }
}
const withoutSeconds = ({ seconds: _, ...result }: CandidateResult) => result;

/** Quick ones first, then fits of which one alone is longer than the budget. */
export const quick = [prior(), randomForest({ trees: 10 })];
export const endless: Readonly<Record<string, Estimator>> = {
  'random-forest': randomForest({ trees: 5000, maxDepth: 30, minLeaf: 1 }),
  'gradient-boosting': gradientBoosting({ trees: 5000, learningRate: 0.01 }),
  mlp: mlp({ hidden: [512, 512], maxEpochs: 100_000, earlyStopping: false, patience: 100_000 }),
};
