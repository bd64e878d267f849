/**
 * What a retention campaign earns: money instead of shares, from the `profit` section of the project file.
 *
 * Everybody who is called is contacted with an offer. A leaver takes it with the acceptance g and stays; a stayer
 * takes it for nothing:
 *
 *   profit per customer = (g (lifetime value - offer) - contact) x share called who leave
 *                         - (offer + contact) x share called who stay
 *
 * The acceptance is not known, only how it is spread: Beta(alpha, beta). Profit is a straight line in it, so the
 * profit to expect from a list that is fixed beforehand uses its mean, alpha / (alpha + beta).
 * Cost: O(rows). Verbraken, Verbeke and Baesens (2013); Neslin et al. (2006).
 */
import { classTotals, type Sample, tieEnd } from './sample.ts';
import type { ProfitSection } from './section.ts';

/** What one call earns on average: for a customer who leaves, and (a loss) for one who stays. */
export interface CallValue {
  readonly ofLeaver: number;
  readonly ofStayer: number;
}

export function callValue({ offer, contact, lifetimeValue, acceptance }: ProfitSection): CallValue {
  const accepts = acceptance.alpha / (acceptance.alpha + acceptance.beta);
  return { ofLeaver: accepts * (lifetimeValue - offer) - contact, ofStayer: 0 - (offer + contact) };
}

/** Calling the `contacted` share of customers with the highest scores is expected to earn `profit` per customer of the list. */
export interface ProfitPoint {
  readonly threshold: number | null;
  readonly contacted: number;
  readonly profit: number;
}

/** From nobody to everybody, a point for each distinct score. O(rows). */
export function profitPoints(sample: Sample, profit: ProfitSection): ProfitPoint[] {
  const { ofLeaver, ofStayer } = callValue(profit);
  const { churned, stayed } = classTotals(sample);
  const total = churned + stayed;
  const points: ProfitPoint[] = [{ threshold: null, contacted: 0, profit: 0 }];
  let called = 0;
  let found = 0;
  for (let start = 0; start < sample.rowCount; ) {
    const end = tieEnd(sample, start);
    const before = called;
    for (let i = start; i < end; i++) {
      called += sample.counts[i]!;
      found += sample.labels[i]! * sample.counts[i]!;
    }
    if (called > before) {
      const earned = ofLeaver * found + ofStayer * (called - found);
      points.push({ threshold: sample.scores[start]!, contacted: called / total, profit: earned / total });
    }
    start = end;
  }
  return points;
}

/**
 * What contacting the `share` of customers with the highest scores is expected to earn per customer of the list.
 * Inside a tie customers are taken by lot: a straight line between two points.
 */
export function profitOfTopShare(sample: Sample, profit: ProfitSection, share: number): number {
  const points = profitPoints(sample, profit);
  const after = points.findIndex(({ contacted }) => contacted >= share);
  if (after < 0) return points.at(-1)!.profit;
  if (after === 0) return 0;
  const from = points[after - 1]!;
  const to = points[after]!;
  const way = (share - from.contacted) / (to.contacted - from.contacted);
  return from.profit + way * (to.profit - from.profit);
}
