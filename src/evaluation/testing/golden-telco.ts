/** The telco customers as the golden file keeps them: the outcomes alone, in the order of out-of-fold scores. */
import { readGolden } from '../../../golden/compare.ts';

export interface TelcoAnswers {
  readonly rows: number;
  readonly churned: number;
  readonly rocAuc: number;
  readonly campaign: Record<'offer' | 'contact' | 'lifetimeValue' | 'alpha' | 'beta', number>;
  readonly expectedProfit: number;
  readonly contacted: number;
  readonly profitOfBestCut: number;
  readonly ofScoresAlike: number;
  readonly ofCallingAll: number;
  readonly ofFaultlessScores: number;
}

/** The scores are places in the order, from 1 down to 0: only the order was kept. */
export function goldenTelco(): { labels: Uint8Array; scores: Float64Array; answers: TelcoAnswers } {
  const { telco } = readGolden<{ telco: TelcoAnswers & { outcomesByScore: string } }>('evaluation-profit');
  const bits = Buffer.from(telco.outcomesByScore, 'base64');
  return {
    labels: Uint8Array.from({ length: telco.rows }, (_, row) => (bits[row >> 3]! >> (row & 7)) & 1),
    scores: Float64Array.from({ length: telco.rows }, (_, row) => 1 - row / (telco.rows - 1)),
    answers: telco,
  };
}
