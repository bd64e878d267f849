import type { AnyClassifier } from '../learn/catalogue.ts';
import { calibrated } from './calibrated.ts';
import { decisionTree } from './decision-tree.ts';
import { gradientBoosting } from './gradient-boosting.ts';
import { logisticRegression } from './logistic-regression.ts';
import { mlp } from './mlp.ts';
import { prior } from './prior.ts';
import { randomForest } from './random-forest.ts';
import { softVoting } from './soft-voting.ts';
import { stacking } from './stacking.ts';

/** Every definition of this room, in the order in which a reader meets them. */
export const allModels: readonly AnyClassifier[] = [
  prior,
  logisticRegression,
  decisionTree,
  randomForest,
  gradientBoosting,
  mlp,
  softVoting,
  stacking,
  calibrated,
];
