/**
 * Balanced accuracy: how often the decision was right, with those who left and those who stayed counting the same.
 *
 * Balanced accuracy = (recall + true negatives / stayed) / 2, at the chosen threshold. In [0, 1]; 0.5 is chance,
 * whatever the churn rate. Cost: O(rows).
 *
 * scikit-learn: balanced_accuracy_score.
 */
import { ratio, sampleConfusion } from '../confusion.ts';
import { defineMetric } from '../definition.ts';

export const balancedAccuracy = defineMetric({
  id: 'balanced-accuracy',
  title: 'Balanced accuracy',
  jsonKey: 'balancedAccuracy',
  about:
    'How often the decision was right when those who left and those who stayed count the same; 0.5 is chance.',
  higherIsBetter: true,
  best: 1,
  worst: 0,
  needs: 'decisions',
  core: false,
  interval: { method: 'bootstrap' },

  compute(sample) {
    const { truePositives, falsePositives, falseNegatives, trueNegatives } = sampleConfusion(sample);
    const ofChurned = ratio(truePositives, truePositives + falseNegatives);
    const ofStayed = ratio(trueNegatives, trueNegatives + falsePositives);
    return (ofChurned + ofStayed) / 2;
  },

  textbook(rows) {
    const rightShare = (label: number): number => {
      const ofClass = rows.filter((row) => row.label === label);
      return ofClass.filter((row) => row.called === (label === 1)).length / ofClass.length;
    };
    return (rightShare(1) + rightShare(0)) / 2;
  },
});
