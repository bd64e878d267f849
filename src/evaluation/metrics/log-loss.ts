/**
 * Log loss: how surprised the model is by what happened; a sure and wrong score costs most.
 *
 * Log loss = mean of -ln(probability given to what happened), natural logarithm, no probability below 1e-15,
 * so one row costs at most 34.5. 0 is faultless; ln 2 = 0.693 is a coin.
 * Missing scores are refused when the sample is prepared. Cost: O(rows).
 *
 * scikit-learn: log_loss, which clips at 2.2e-16 since 1.3.
 */
import { defineMetric } from '../definition.ts';
import { logLossOf } from '../sample.ts';

export const logLoss = defineMetric({
  id: 'log-loss',
  title: 'Log loss',
  jsonKey: 'logLoss',
  about:
    'How surprised the model is by what happened; 0 is faultless, and a sure but wrong score costs most.',
  higherIsBetter: false,
  best: 0,
  worst: logLossOf(1, 0),
  needs: 'scores',
  core: true,
  interval: { method: 'bootstrap' },

  compute({ rowCount, counts, logLosses }) {
    let total = 0;
    let sum = 0;
    for (let i = 0; i < rowCount; i++) {
      total += counts[i]!;
      sum += counts[i]! * logLosses[i]!;
    }
    return sum / total;
  },

  textbook(rows) {
    const losses = rows.map(({ label, score }) => logLossOf(label, score));
    return losses.reduce((sum, loss) => sum + loss, 0) / rows.length;
  },
});
