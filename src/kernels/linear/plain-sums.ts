/**
 * The sums of a logistic regression in plain TypeScript: what the kernels must agree with. Standardised columns as a matrix
 * of doubles, every sum written out. O(rows x columns), second derivatives O(rows x columns^2).
 */
import { multiplyVector, transposeMultiplyVector } from '../../math/linear-algebra.ts';
import { log1pExp, sigmoid } from '../../math/sigmoid.ts';
import { sum } from '../../math/sum.ts';
import type { NumberValues, OpenLogisticSums } from './logistic-sums.ts';
import { matrixOf, standardisedWithOnes, weightedMoments } from './standardise.ts';
import { gramTimes, weightedGram, weightedSquares } from './weighted-gram.ts';

export const openPlainSums: OpenLogisticSums = ({ columns, labels, weights, momentWeights }) => {
  if (!columns.every(isWhole)) return undefined;
  const rows = labels.length;
  const plain = matrixOf(columns, rows);
  const moments = weightedMoments(plain, momentWeights);
  const matrix = standardisedWithOnes(plain, moments);
  const curvatures = new Float64Array(rows);
  let largest = 0;
  return {
    ...moments,
    meanRests: new Float64Array(columns.length),
    parts: 1,
    slope(coefficients) {
      const logOdds = multiplyVector(matrix, coefficients);
      const losses = new Float64Array(rows);
      const residuals = new Float64Array(rows);
      largest = 0;
      for (let r = 0; r < rows; r++) {
        const z = logOdds[r]!;
        const p = sigmoid(z);
        losses[r] = weights[r]! * log1pExp(labels[r] === 1 ? -z : z);
        residuals[r] = weights[r]! * (labels[r] === 1 ? -sigmoid(-z) : p);
        curvatures[r] = weights[r]! * p * sigmoid(-z);
        largest = Math.max(largest, Math.abs(z));
      }
      return { loss: sum(losses), gradient: transposeMultiplyVector(matrix, residuals) };
    },
    gram: () => weightedGram(matrix, curvatures),
    times: (vector) => gramTimes(matrix, curvatures, vector),
    squares: () => weightedSquares(matrix, curvatures),
    largestLogOdds: () => largest,
    release() {},
  };
};

/** A missing boolean is below 0. */
const isWhole = (column: NumberValues): boolean =>
  column.every((value: number) => Number.isFinite(value) && !(column instanceof Int8Array && value < 0));
