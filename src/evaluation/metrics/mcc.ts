/**
 * MCC (Matthews correlation coefficient): the correlation between the decision and what happened.
 *
 * MCC = (TP x TN - FP x FN) / sqrt((TP + FP) (TP + FN) (TN + FP) (TN + FN)), at the chosen threshold; 0 when everybody
 * or nobody is called. In [-1, 1]; 0 is chance. Cost: O(rows).
 *
 * scikit-learn: matthews_corrcoef. Matthews (1975).
 */
import { sampleConfusion } from '../confusion.ts';
import { defineMetric } from '../definition.ts';

export const mcc = defineMetric({
  id: 'mcc',
  title: 'MCC',
  jsonKey: 'mcc',
  about: 'The correlation between the decision and what happened; 0 is chance, 1 is faultless.',
  higherIsBetter: true,
  best: 1,
  worst: -1,
  needs: 'decisions',
  core: false,
  interval: { method: 'bootstrap' },

  compute(sample) {
    const { truePositives, falsePositives, falseNegatives, trueNegatives } = sampleConfusion(sample);
    const called = truePositives + falsePositives;
    const notCalled = trueNegatives + falseNegatives;
    const churned = truePositives + falseNegatives;
    const stayed = trueNegatives + falsePositives;
    if (called === 0 || notCalled === 0 || churned === 0 || stayed === 0) return 0;
    // Two roots: the product of four counts would overflow 2^53 at ten thousand rows and lose digits.
    const scale = Math.sqrt(called * notCalled) * Math.sqrt(churned * stayed);
    const correlation = (truePositives * trueNegatives - falsePositives * falseNegatives) / scale;
    return Math.max(-1, Math.min(1, correlation));
  },

  textbook(rows) {
    const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    const decisions = rows.map((row) => (row.called ? 1 : 0));
    const outcomes = rows.map((row) => row.label);
    const spread = (values: number[]): number =>
      Math.sqrt(mean(values.map((value) => (value - mean(values)) * (value - mean(values)))));
    const together = mean(
      decisions.map((decision, i) => (decision - mean(decisions)) * (outcomes[i]! - mean(outcomes))),
    );
    const scale = spread(decisions) * spread(outcomes);
    return scale === 0 ? 0 : together / scale;
  },
});
