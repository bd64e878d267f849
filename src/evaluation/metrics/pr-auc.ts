/**
 * PR-AUC (average precision): going down the list from the highest score, how pure it is each time a churner is met.
 *
 * PR-AUC = sum over distinct scores of (recall there - recall before) x precision there. Step-wise: no straight lines
 * between points, which would flatter. In (0, 1]; a model without knowledge has the churn rate.
 * Needs both outcomes; missing scores are refused when the sample is prepared. Cost: O(rows) on a prepared sample.
 *
 * scikit-learn: average_precision_score. Davis and Goadrich (2006).
 */
import { defineMetric } from '../definition.ts';
import { classTotals, tieEnd } from '../sample.ts';

export const prAuc = defineMetric({
  id: 'pr-auc',
  title: 'PR-AUC',
  jsonKey: 'prAuc',
  about:
    'How pure the list stays while going down it to find all churners; a model without knowledge has the churn rate.',
  higherIsBetter: true,
  best: 1,
  worst: 0,
  needs: 'scores',
  core: true,
  interval: { method: 'bootstrap' },
  skips: [
    {
      check: 'worst',
      reason: 'the worst ranking still finds the churners at its end, so 0 is never reached',
    },
  ],

  compute(sample) {
    const { labels, counts } = sample;
    const { churned } = classTotals(sample);
    let found = 0;
    let contacted = 0;
    let area = 0;
    for (let start = 0; start < sample.rowCount; ) {
      const end = tieEnd(sample, start);
      let foundHere = 0;
      for (let i = start; i < end; i++) {
        contacted += counts[i]!;
        foundHere += labels[i]! * counts[i]!;
      }
      found += foundHere;
      if (foundHere > 0) area += foundHere * (found / contacted);
      start = end;
    }
    return area / churned;
  },

  textbook(rows) {
    const churners = rows.filter((row) => row.label === 1);
    let sum = 0;
    for (const churner of churners) {
      const atOrAbove = rows.filter((row) => row.score >= churner.score);
      sum += atOrAbove.filter((row) => row.label === 1).length / atOrAbove.length;
    }
    return sum / churners.length;
  },
});
