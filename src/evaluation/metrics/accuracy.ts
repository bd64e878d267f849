/**
 * Accuracy: the share of customers whose decision, churn or not, was right.
 *
 * Accuracy = (true positives + true negatives) / rows, at the chosen threshold. In [0, 1]; compare it with the share
 * of the larger class, which anyone can reach. Cost: O(rows). Interval: Wilson's.
 *
 * scikit-learn: accuracy_score.
 */
import { sampleConfusion } from '../confusion.ts';
import { defineMetric } from '../definition.ts';
import { shareOf } from '../interval.ts';
import { classTotals, type Sample } from '../sample.ts';

export const accuracy = defineMetric({
  id: 'accuracy',
  title: 'Accuracy',
  jsonKey: 'accuracy',
  about: 'The share of customers whose decision was right; compare it with the share of those who stay.',
  higherIsBetter: true,
  best: 1,
  worst: 0,
  needs: 'decisions',
  core: true,
  interval: {
    method: 'wilson',
    intervalOf(sample) {
      const { churned, stayed } = classTotals(sample);
      return shareOf(rightDecisions(sample), churned + stayed);
    },
  },

  compute(sample) {
    const { churned, stayed } = classTotals(sample);
    return rightDecisions(sample) / (churned + stayed);
  },

  textbook: (rows) => rows.filter(({ label, called }) => (label === 1) === called).length / rows.length,
});

function rightDecisions(sample: Sample): number {
  const { truePositives, trueNegatives } = sampleConfusion(sample);
  return truePositives + trueNegatives;
}
