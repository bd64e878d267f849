/**
 * Brier score: the mean squared distance between the churn probability and what happened.
 *
 * Brier = mean of (score - label)^2, in [0, 1]; 0 is faultless, and always saying the churn rate r gives r (1 - r).
 * Missing scores are refused when the sample is prepared. Cost: O(rows).
 *
 * scikit-learn: brier_score_loss. Brier (1950).
 */
import { defineMetric } from '../definition.ts';

export const brier = defineMetric({
  id: 'brier',
  title: 'Brier score',
  jsonKey: 'brier',
  about: 'The mean squared distance between the churn probability and what happened; 0 is faultless.',
  higherIsBetter: false,
  best: 0,
  worst: 1,
  needs: 'scores',
  core: true,
  interval: { method: 'bootstrap' },

  compute({ rowCount, counts, scores, labels }) {
    let total = 0;
    let sum = 0;
    for (let i = 0; i < rowCount; i++) {
      const error = scores[i]! - labels[i]!;
      total += counts[i]!;
      sum += counts[i]! * (error * error);
    }
    return sum / total;
  },

  textbook: (rows) =>
    rows.reduce((sum, { score, label }) => sum + (score - label) * (score - label), 0) / rows.length,
});
