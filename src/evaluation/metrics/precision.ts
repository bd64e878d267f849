/**
 * Precision: of the customers called churners, the share who left.
 *
 * Precision = true positives / called churn, at the chosen threshold; 0 when nobody is called (then the interval is
 * all of [0, 1]). Cost: O(rows). Interval: Wilson's, on those called.
 *
 * scikit-learn: precision_score(zero_division=0).
 */
import { ratio, sampleConfusion } from '../confusion.ts';
import { defineMetric } from '../definition.ts';
import { shareOf } from '../interval.ts';

export const precision = defineMetric({
  id: 'precision',
  title: 'Precision',
  jsonKey: 'precision',
  about: 'Of the customers called churners, the share who left: the rest was effort for nothing.',
  higherIsBetter: true,
  best: 1,
  worst: 0,
  needs: 'decisions',
  core: true,
  interval: {
    method: 'wilson',
    intervalOf(sample) {
      const { truePositives, falsePositives } = sampleConfusion(sample);
      return shareOf(truePositives, truePositives + falsePositives);
    },
  },

  compute(sample) {
    const { truePositives, falsePositives } = sampleConfusion(sample);
    return ratio(truePositives, truePositives + falsePositives);
  },

  textbook(rows) {
    const called = rows.filter((row) => row.called);
    return called.length === 0 ? 0 : called.filter((row) => row.label === 1).length / called.length;
  },
});
