/** What the compiled modules export. */
export { boostingCount, boostingCut, boostingSubtract } from './boosting';
export { roundsOnce } from './lanes';
export { mlpEpoch, mlpWeightRight } from './mlp';
