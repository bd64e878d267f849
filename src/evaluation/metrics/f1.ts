/**
 * F1: precision and recall in one number, high only when both are.
 *
 * F1 = 2 TP / (2 TP + FP + FN), the harmonic mean of precision and recall, at the chosen threshold; 0 without a true
 * positive. Cost: O(rows).
 * Interval: among the rows that are no true negatives, the share J = TP / (TP + FP + FN) is a share like any other
 * and has Wilson's interval; F1 = 2 J / (1 + J) carries both ends over. It keeps a width at F1 = 0 and 1.
 *
 * scikit-learn: f1_score(zero_division=0).
 */
import { ratio, sampleConfusion } from '../confusion.ts';
import { defineMetric } from '../definition.ts';
import { shareOf } from '../interval.ts';

export const f1 = defineMetric({
  id: 'f1',
  title: 'F1',
  jsonKey: 'f1',
  about: 'Precision and recall in one number, high only when both are.',
  higherIsBetter: true,
  best: 1,
  worst: 0,
  needs: 'decisions',
  core: true,
  interval: {
    method: 'wilson',
    intervalOf(sample) {
      const { truePositives, falsePositives, falseNegatives } = sampleConfusion(sample);
      const { low, high } = shareOf(truePositives, truePositives + falsePositives + falseNegatives);
      return { low: (2 * low) / (1 + low), high: (2 * high) / (1 + high) };
    },
  },

  compute(sample) {
    const { truePositives, falsePositives, falseNegatives } = sampleConfusion(sample);
    return ratio(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives);
  },

  textbook(rows) {
    const hits = rows.filter((row) => row.called && row.label === 1).length;
    if (hits === 0) return 0;
    const ofCalled = hits / rows.filter((row) => row.called).length;
    const ofChurned = hits / rows.filter((row) => row.label === 1).length;
    return 2 / (1 / ofCalled + 1 / ofChurned);
  },
});
