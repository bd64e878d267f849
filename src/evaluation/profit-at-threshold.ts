/**
 * Profit at the threshold: what contacting everybody who is called is expected to earn, per customer of the list.
 *
 * `profit.ts` has the formula. In the currency of the profit section, between minus (offer + contact) and what one
 * leaver called brings; 0 when nobody is called. Cost: O(rows). Interval: bootstrap.
 */
import { sampleConfusion } from './confusion.ts';
import { defineMetric } from './definition.ts';
import { callValue } from './profit.ts';
import type { ProfitSection } from './section.ts';

/** How the metric is called and read, whatever the campaign's figures. */
export const profitAtThresholdInWords = {
  id: 'profit-at-threshold',
  title: 'Expected profit at the threshold',
  jsonKey: 'profitAtThreshold',
  about: 'What contacting everybody who is called is expected to earn, per customer of the list.',
  higherIsBetter: true,
} as const;

/** The metric for one campaign's figures. */
export function profitAtThreshold(profit: ProfitSection) {
  const { ofLeaver, ofStayer } = callValue(profit);
  return defineMetric({
    ...profitAtThresholdInWords,
    best: Math.max(0, ofLeaver),
    worst: Math.min(ofLeaver, ofStayer),
    needs: 'decisions',
    core: false,
    interval: { method: 'bootstrap' },
    skips: [
      { check: 'perfect', reason: 'what a faultless model earns depends on the churn rate' },
      { check: 'worst', reason: 'what can be lost depends on the churn rate' },
    ],

    compute(sample) {
      const { truePositives, falsePositives, falseNegatives, trueNegatives } = sampleConfusion(sample);
      const total = truePositives + falsePositives + falseNegatives + trueNegatives;
      return (ofLeaver * truePositives + ofStayer * falsePositives) / total;
    },

    textbook(rows) {
      const earned = rows.map(({ label, called }) => (called ? (label === 1 ? ofLeaver : ofStayer) : 0));
      return earned.reduce((sum, value) => sum + value, 0) / rows.length;
    },
  });
}
