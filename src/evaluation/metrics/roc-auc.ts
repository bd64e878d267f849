/**
 * ROC-AUC: how often a customer who left was scored above one who stayed.
 *
 * ROC-AUC = (pairs of a churner and a stayer in the right order + tied pairs / 2) / all pairs. In [0, 1]; 0.5 is chance.
 * Needs both outcomes; missing scores are refused when the sample is prepared. Cost: O(rows) on a prepared sample.
 * Interval: DeLong's variance on the logit scale (`delong.ts`).
 *
 * scikit-learn: roc_auc_score. Hanley and McNeil (1982).
 */
import { defineMetric } from '../definition.ts';
import { rocAucInterval } from '../delong.ts';
import { classTotals, tieEnd } from '../sample.ts';

export const rocAuc = defineMetric({
  id: 'roc-auc',
  title: 'ROC-AUC',
  jsonKey: 'rocAuc',
  about: 'How often a customer who left was scored above one who stayed; 0.5 is chance, 1 is faultless.',
  higherIsBetter: true,
  best: 1,
  worst: 0,
  needs: 'scores',
  core: true,
  interval: { method: 'delong', intervalOf: rocAucInterval },

  compute(sample) {
    const { labels, counts } = sample;
    const { churned, stayed } = classTotals(sample);
    let stayedBelow = stayed;
    let rightPairs = 0;
    for (let start = 0; start < sample.rowCount; ) {
      const end = tieEnd(sample, start);
      let churnedHere = 0;
      let stayedHere = 0;
      for (let i = start; i < end; i++) {
        if (labels[i] === 1) churnedHere += counts[i]!;
        else stayedHere += counts[i]!;
      }
      stayedBelow -= stayedHere;
      rightPairs += churnedHere * (stayedBelow + stayedHere / 2);
      start = end;
    }
    return rightPairs / (churned * stayed);
  },

  textbook(rows) {
    const churners = rows.filter((row) => row.label === 1);
    const stayers = rows.filter((row) => row.label === 0);
    let right = 0;
    for (const churner of churners)
      for (const stayer of stayers)
        right += churner.score > stayer.score ? 1 : churner.score === stayer.score ? 0.5 : 0;
    return right / (churners.length * stayers.length);
  },
});
