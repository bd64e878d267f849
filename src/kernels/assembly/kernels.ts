/** What the compiled modules export. */
export { roundsOnce } from './lanes';
export { mlpEpoch, mlpWeightRight } from './mlp';
