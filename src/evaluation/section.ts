/** The parts of the project file that this room reads: `threshold`, `bands`, `gate`. */
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
  ])
  .default({ by: 'f1' })
  .describe('From which churn probability on a customer is called a churner.');
export type ThresholdSection = z.infer<typeof thresholdSection>;

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
    brier: ceiling('The Brier score'),
    ece: ceiling('ECE'),
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
