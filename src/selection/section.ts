/** The `train` section of the project file. */
import { z } from 'zod';
import { conformalSection, thresholdSection } from '../evaluation/section.ts';

export const trainSection = z.strictObject({
  metric: z
    .enum(['roc-auc', 'pr-auc', 'log-loss', 'expected-profit'])
    .default('roc-auc')
    .describe('What candidates are compared by; expected-profit needs the profit section.'),
  folds: z.int().min(2).max(20).default(5).describe('Cross-validation folds, stratified by the outcome.'),
  search: z
    .strictObject({ method: z.enum(['grid']).default('grid').describe('How candidates are searched.') })
    .prefault({})
    .describe('The search over candidates.'),
  choose: z
    .enum(['one-standard-error', 'best'])
    .default('one-standard-error')
    .describe('The simplest candidate within one standard error of the best, or the best.'),
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
export type TrainSection = z.infer<typeof trainSection>;
