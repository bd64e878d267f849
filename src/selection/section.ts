/** The `train` section of the project file. */
import { z } from 'zod';
import { conformalSection, thresholdSection } from '../evaluation/section.ts';
import { allSearchMethods } from './methods/all.ts';

export const trainSection = z.strictObject({
  metric: z
    .enum(['roc-auc', 'pr-auc', 'log-loss', 'expected-profit'])
    .default('roc-auc')
    .describe('What candidates are compared by; expected-profit needs the profit section.'),
  folds: z.int().min(2).max(20).default(5).describe('Cross-validation folds, stratified by the outcome.'),
  search: z
    .strictObject({
      method: z
        .enum(allSearchMethods.map(({ id }) => id))
        .default('grid')
        .describe(
          allSearchMethods
            .map(({ id, about }) => `${id}: ${about}`)
            .join('; ')
            .concat('.'),
        ),
      trials: z
        .int()
        .min(1)
        .max(10_000)
        .default(30)
        .describe('How many candidates random and bayes try, and halving begins with.'),
      budget: z
        .string()
        .regex(/^[1-9]\d*(s|m|h)$/, 'a whole number with s, m or h, such as 5m')
        .optional()
        .describe('Stops the search when it is used up, such as 5m; what has been tried counts.'),
      earlyStop: z
        .boolean()
        .optional()
        .describe(
          'Ends trials early that are hopelessly behind, fold by fold; random and bayes do unless false, grid only if true.',
        ),
      warmStart: z
        .boolean()
        .default(true)
        .describe('bayes begins with the best of earlier runs of the project on the same columns.'),
      resource: z
        .enum(['rows', 'iterations'])
        .default('rows')
        .describe('What halving gives less of: training rows, or trees and epochs.'),
    })
    .prefault({})
    .describe('The search over candidates.'),
  choose: z
    .enum(['one-standard-error', 'best'])
    .default('one-standard-error')
    .describe(
      'The simplest candidate that is behind the best by no more than one standard error of their difference, fold by fold; or the best.',
    ),
  candidates: z
    .record(z.string(), z.record(z.string(), z.unknown()))
    .default({
      prior: {},
      'logistic-regression': { l2: [0.1, 1, 10] },
      'random-forest': {},
      'gradient-boosting': {},
    })
    .describe('Models to try, each with alternatives for its parameters.'),
  calibrate: z
    .enum(['auto', 'none', 'isotonic', 'sigmoid'])
    .default('auto')
    .describe(
      'A map from scores to probabilities that hold, learned on the validation part; auto: a sigmoid where it helps.',
    ),
  threshold: thresholdSection,
  conformal: conformalSection,
});
/** Seconds of a budget such as `90s`, `5m`, `2h`. */
export function budgetSeconds(budget: string): number {
  const unit = { s: 1, m: 60, h: 3600 }[budget.at(-1) as 's' | 'm' | 'h'];
  return Number(budget.slice(0, -1)) * unit;
}

export type TrainSection = z.infer<typeof trainSection>;
