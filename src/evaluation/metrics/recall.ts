/**
 * Recall: of the customers who left, the share who were called churners.
 *
 * Recall = true positives / churned, at the chosen threshold. Cost: O(rows). Interval: Wilson's, on the churned.
 *
 * scikit-learn: recall_score(zero_division=0).
 */
import { ratio, sampleConfusion } from '../confusion.ts';
import { defineMetric } from '../definition.ts';
import { shareOf } from '../interval.ts';

export const recall = defineMetric({
  id: 'recall',
  title: 'Recall',
  jsonKey: 'recall',
  about: 'Of the customers who left, the share who were called churners: the rest was missed.',
  higherIsBetter: true,
  best: 1,
  worst: 0,
  needs: 'decisions',
  core: true,
  interval: {
    method: 'wilson',
    intervalOf(sample) {
      const { truePositives, falseNegatives } = sampleConfusion(sample);
      return shareOf(truePositives, truePositives + falseNegatives);
    },
  },

  compute(sample) {
    const { truePositives, falseNegatives } = sampleConfusion(sample);
    return ratio(truePositives, truePositives + falseNegatives);
  },

  textbook(rows) {
    const churners = rows.filter((row) => row.label === 1);
    return churners.length === 0 ? 0 : churners.filter((row) => row.called).length / churners.length;
  },
});
