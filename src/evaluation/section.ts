/** The parts of the project file that this room reads: `threshold`, `conformal`, `bands`, `profit`, `gate`. */
import { z } from 'zod';

const share = z.number().min(0).max(1);

export const thresholdSection = z
  .discriminatedUnion('by', [
    z.strictObject({
      by: z.literal('f1').describe('The score that gives the highest F1 on the validation part.'),
    }),
    z.strictObject({
      by: z.literal('fixed').describe('The number written here.'),
      value: share.describe('A score at or above it is called churn.'),
    }),
    z.strictObject({
      by: z.literal('cost').describe('The score at which mistakes cost least on the validation part.'),
      falsePositive: z
        .number()
        .positive()
        .describe('What it costs to call a customer who would have stayed.'),
      falseNegative: z.number().positive().describe('What it costs to leave out a customer who then left.'),
    }),
    z
      .strictObject({
        by: z.literal('capacity').describe('Call at most this many, those with the highest scores.'),
        customers: z
          .int()
          .min(1)
          .optional()
          .describe('How many of a list as long as the whole table; of a back-test, as its newest cutoff.'),
        share: z.number().positive().max(1).optional().describe('How large a share of any list.'),
      })
      .refine(({ customers, share }) => (customers === undefined) !== (share === undefined), {
        path: ['customers'],
        message: 'given, or share in its place, never both',
      }),
    z.strictObject({
      by: z
        .literal('expected-profit')
        .describe('The score at which contacting earns most on the validation part, by the profit section.'),
    }),
  ])
  .default({ by: 'f1' })
  .describe('From which churn probability on a customer is called a churner.');
export type ThresholdSection = z.infer<typeof thresholdSection>;

export const conformalSection = z
  .strictObject({
    coverage: z
      .number()
      .min(0.5)
      .max(0.99)
      .default(0.9)
      .describe('How often the true outcome is among the likely ones, for leavers and for stayers alike.'),
  })
  .prefault({})
  .describe('When a score counts as sure: only one outcome is likely.');
export type ConformalSection = z.infer<typeof conformalSection>;

const money = (about: string) => z.number().min(0).describe(about);
const shape = (about: string, fallback: number) =>
  z.number().min(0.01).max(100_000).default(fallback).describe(about);

export const profitSection = z
  .strictObject({
    offer: money(
      'What the offer costs when it is taken; every contacted customer who stays anyway takes it.',
    ),
    contact: money('What contacting a customer costs.'),
    lifetimeValue: z.number().positive().describe('What a customer who is kept brings in.'),
    acceptance: z
      .strictObject({
        alpha: shape('First parameter of the beta distribution; the mean is alpha / (alpha + beta).', 6),
        beta: shape('Second parameter of the beta distribution.', 14),
      })
      .prefault({})
      .describe(
        'Which share of leavers stays for the offer, as a beta distribution: it is not known exactly.',
      ),
  })
  .refine(({ offer, lifetimeValue }) => offer < lifetimeValue, {
    path: ['offer'],
    message: 'below profit.lifetimeValue',
  })
  .describe('What keeping customers earns and costs, in one currency.');
export type ProfitSection = z.infer<typeof profitSection>;

export const bandsSection = z
  .strictObject({
    high: share.optional().describe('The band "high" starts here; by default at the threshold.'),
    medium: share.optional().describe('The band "medium" starts here; by default at half the threshold.'),
  })
  .refine(({ high, medium }) => high === undefined || medium === undefined || medium <= high, {
    path: ['medium'],
    message: 'at most bands.high',
  })
  .default({})
  .describe('Where the words high, medium and low begin.');
export type BandsSection = z.infer<typeof bandsSection>;

const floor = (title: string) => share.optional().describe(`${title} on the hold-out must be at least this.`);
const ceiling = (title: string) =>
  share.optional().describe(`${title} on the hold-out must be at most this.`);

export const gateSection = z
  .strictObject({
    chance: z
      .boolean()
      .default(false)
      .describe('The lower end of the 95% interval of ROC-AUC must be above 0.5: better than chance.'),
    rocAuc: floor('ROC-AUC'),
    prAuc: floor('PR-AUC'),
    accuracy: floor('Accuracy'),
    precision: floor('Precision'),
    recall: floor('Recall'),
    f1: floor('F1'),
    logLoss: z.number().min(0).optional().describe('Log loss on the hold-out must be at most this.'),
    brier: ceiling('The Brier score'),
    ece: ceiling('ECE'),
    balancedAccuracy: floor('Balanced accuracy'),
    mcc: z.number().min(-1).max(1).optional().describe('MCC on the hold-out must be at least this.'),
    liftAt10: z
      .number()
      .min(0)
      .max(10)
      .optional()
      .describe('The lift of the first tenth on the hold-out must be at least this.'),
    expectedProfit: z
      .number()
      .optional()
      .describe(
        'The expected maximum profit per customer on the hold-out must be at least this; needs profit.',
      ),
    trainValidationGap: share
      .optional()
      .describe('Accuracy on the training part less accuracy on the validation part must be at most this.'),
    mustBeatChampion: z
      .boolean()
      .default(false)
      .describe(
        'Must not be worse than the model in use: the paired 95% interval of the difference in ROC-AUC starts at -0.005 or above. Passes without a model in use.',
      ),
  })
  .prefault({})
  .describe('What a model must hold to be put to work; floors are compared with the point value.');
export type GateSection = z.infer<typeof gateSection>;
