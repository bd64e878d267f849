/** The `train` section of the project file. */
import { z } from 'zod';
import { conformalSection, thresholdSection } from '../evaluation/section.ts';
import type { CandidateGrids } from './grid.ts';
import type { ChoiceRule } from './leaderboard.ts';
import { allSearchMethods, searchMethodById } from './methods/all.ts';
import type { Resource } from './search-method.ts';

export const trainSection = z.strictObject({
  metric: z
    .enum(['roc-auc', 'pr-auc', 'log-loss', 'expected-profit'])
    .default('roc-auc')
    .describe('What candidates are compared by; expected-profit needs the profit section.'),
  folds: z
    .int()
    .min(2)
    .max(20)
    .default(5)
    .describe(
      'Cross-validation folds, parted as split.by says: stratified by the outcome, by groups or by time.',
    ),
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
        .optional()
        .describe(
          'How many candidates random and bayes try, and halving begins with, by default 30; auto tries at most 300.',
        ),
      budget: z
        .string()
        .regex(/^[1-9]\d*(s|m|h)$/, 'a whole number with s, m or h, such as 5m')
        .optional()
        .describe(
          'Stops the search when it is used up, such as 5m; what has been tried counts. auto keeps time in it for what follows.',
        ),
      earlyStop: z
        .boolean()
        .optional()
        .describe(
          'Ends trials early that are hopelessly behind, fold by fold; random, bayes and auto do unless false, grid only if true.',
        ),
      warmStart: z
        .boolean()
        .default(true)
        .describe('bayes and auto begin with the best of earlier runs of the project on the same columns.'),
      resource: z
        .enum(['rows', 'iterations'])
        .default('rows')
        .describe('What halving gives less of: training rows, or trees and epochs.'),
    })
    .prefault({})
    .describe('The search over candidates.'),
  choose: z
    .enum(['one-standard-error', 'best'])
    .optional()
    .describe(
      'The simplest candidate that is behind the best by no more than one standard error of their difference, fold by fold, as usual; or the best, as auto takes it.',
    ),
  candidates: z
    .record(z.string(), z.record(z.string(), z.unknown().superRefine(refuseNotFinite)))
    .optional()
    .describe(
      'Models to try, each with alternatives for its parameters; by default four families, with auto five, each over its ranges.',
    ),
  calibrate: z
    .enum(['auto', 'none', 'isotonic', 'sigmoid'])
    .default('auto')
    .describe(
      'A map from scores to probabilities that hold, learned on the validation part; auto: a sigmoid where it helps, under search method auto learned on scores of the training part and isotonic too where the metric asks for probabilities.',
    ),
  threshold: thresholdSection,
  conformal: conformalSection,
});

/** YAML knows .nan and .inf; no model can be told of them, nor can what is saved of a search. */
function refuseNotFinite(value: unknown, context: z.RefinementCtx, path: readonly PropertyKey[] = []): void {
  if (typeof value === 'number' && !Number.isFinite(value))
    context.addIssue({ code: 'custom', path: [...path], message: 'a finite number' });
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inside] of Object.entries(value)) refuseNotFinite(inside, context, [...path, key]);
}

/**
 * What is searched where the project file leaves it open: it depends on the method. Methods that look by themselves take
 * fewer rows for a first look, never fewer trees.
 */
export function searchPlan({ candidates, choose, search }: TrainSection): SearchPlan {
  const { combines, usualTrials } = searchMethodById(search.method);
  return {
    candidates: candidates ?? (combines ? everyFamily : usualCandidates),
    choose: choose ?? (combines ? 'best' : 'one-standard-error'),
    trials: search.trials ?? usualTrials,
    resource: combines ? 'rows' : search.resource,
  };
}

export interface SearchPlan {
  readonly candidates: CandidateGrids;
  readonly choose: ChoiceRule;
  readonly trials: number;
  readonly resource: Resource;
}

const usualCandidates: CandidateGrids = {
  prior: {},
  'logistic-regression': { l2: [0.1, 1, 10] },
  'random-forest': {},
  'gradient-boosting': {},
};
const everyFamily: CandidateGrids = {
  prior: {},
  'logistic-regression': {},
  'random-forest': {},
  'gradient-boosting': {},
  mlp: {},
};

/** Seconds of a budget such as `90s`, `5m`, `2h`. */
export function budgetSeconds(budget: string): number {
  const unit = { s: 1, m: 60, h: 3600 }[budget.at(-1) as 's' | 'm' | 'h'];
  return Number(budget.slice(0, -1)) * unit;
}

export type TrainSection = z.infer<typeof trainSection>;
