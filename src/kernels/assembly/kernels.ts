/** What the compiled modules export. */
export { binsFew, binsPlace, binsSort } from './bins';
export { boostingDraw, boostingPack, boostingSums } from './boosting-rows';
export { boostingBegin, boostingTree } from './boosting-tree';
export { drawSeed, drawShare } from './draws';
export { forestGrow } from './forest';
export { forestBits } from './forest-bits';
export { forestDraw, forestItems } from './forest-draw';
export { roundsOnce } from './lanes';
export { linearCount, linearMoment, linearSlope, linearSquares, linearTimes } from './linear';
export { linearGram } from './linear-gram';
export { linearPack, linearRename, linearScale, linearSeen } from './linear-pack';
export { mlpEpoch, mlpWeightRight } from './mlp';
export { mlpScore } from './mlp-score';
export { shapRows } from './row-shap';
export { treesWalk } from './tree-walk';
export { treesAdd, treesPlaces } from './trees';
