/**
 * Expected maximum profit (EMPC): what a campaign earns per customer when its list is cut at the best place.
 *
 * The share g of leavers who accept the offer is a beta variable (`profit.ts`). For each g the list is cut where profit
 * is highest, and the profits are averaged over g: EMPC = integral of max over cuts of profit(cut, g) x density(g).
 *
 * The best cuts are corners of the upper convex hull of the ROC curve. Going from one corner to the next adds a share c
 * of leavers and s of stayers, and pays for itself when g is above
 *   breakeven = (contact x c + (offer + contact) x s) / ((lifetime value - offer) x c),
 * which rises along the hull. So EMPC = (lifetime value - offer) x sum over the hull of c x E[max(0, g - breakeven)]:
 * a closed form with the incomplete beta function. In the currency of the profit section; 0 when no contact can pay.
 *
 * It judges the ranking alone: the cut is the best one for the judged customers themselves, which flatters a little (the
 * interval lies above the truth in 4.9% of samples, below it in 0.9%). What a chosen threshold earns says
 * `profit-at-threshold.ts`.
 * Cost: O(rows) on a prepared sample. Interval: bootstrap.
 *
 * Verbraken, Verbeke and Baesens (2013), "A novel profit maximizing metric for measuring classification performance of
 * customer churn prediction models"; empulse: empc_score.
 */
import { betaDensity, incompleteBeta } from '../math/incomplete-beta.ts';
import { defineMetric, type JudgedRow } from './definition.ts';
import { classTotals, type Sample, tieEnd } from './sample.ts';
import type { ProfitSection } from './section.ts';

/** How the metric is called and read, whatever the campaign's figures. */
export const expectedProfitInWords = {
  id: 'expected-profit',
  title: 'Expected maximum profit',
  jsonKey: 'expectedProfit',
  about:
    'What a campaign earns per customer when its list is cut at the best place, whatever share accepts the offer.',
  higherIsBetter: true,
} as const;

/** The metric for one campaign's figures. */
export function expectedProfit(profit: ProfitSection) {
  return defineMetric({
    ...expectedProfitInWords,
    // Everybody leaves and nobody is contacted in vain.
    best: (profit.lifetimeValue - profit.offer) * meanAbove(profit, breakevenOfPureLeavers(profit)),
    worst: 0,
    needs: 'scores',
    core: false,
    interval: { method: 'bootstrap' },
    skips: [
      { check: 'perfect', reason: 'what a faultless model earns depends on the churn rate' },
      { check: 'worst', reason: 'contacting everybody may pay, and needs no ranking' },
    ],
    compute: (sample) => bestCuts(sample, profit).profit,
    textbook: (rows) => envelopeProfit(rows, profit),
  });
}

/** The expected maximum profit, and the share of customers that the best cuts contact on average. */
export function bestCuts(sample: Sample, profit: ProfitSection): { profit: number; contacted: number } {
  const { offer, contact, lifetimeValue } = profit;
  const kept = lifetimeValue - offer;
  const { churned, stayed } = classTotals(sample);
  const hull = rocHull(sample);
  let earned = 0;
  let contacted = 0;
  for (let corner = 1; corner < hull.found.length; corner++) {
    const leavers = hull.found[corner]! - hull.found[corner - 1]!;
    const stayers = hull.wasted[corner]! - hull.wasted[corner - 1]!;
    // Stayers alone never pay, and nothing after them does.
    if (leavers <= 0) break;
    const breakeven = (contact * leavers + (offer + contact) * stayers) / (kept * leavers);
    if (breakeven >= 1) break;
    earned += leavers * meanAbove(profit, breakeven);
    contacted += (leavers + stayers) * shareAbove(profit, breakeven);
  }
  const total = churned + stayed;
  return { profit: (kept * earned) / total, contacted: contacted / total };
}

const breakevenOfPureLeavers = ({ offer, contact, lifetimeValue }: ProfitSection): number =>
  contact / (lifetimeValue - offer);

/** P(g > at) of the acceptance. */
function shareAbove({ acceptance: { alpha, beta } }: ProfitSection, at: number): number {
  return at >= 1 ? 0 : 1 - incompleteBeta(alpha, beta, at);
}

/** E[max(0, g - at)] of the acceptance, by I_x(a + 1, b) = I_x(a, b) - x^a (1 - x)^b / (a B(a, b)). */
function meanAbove({ acceptance: { alpha, beta } }: ProfitSection, at: number): number {
  if (at >= 1) return 0;
  const mean = alpha / (alpha + beta);
  if (at <= 0) return mean - at;
  const below = incompleteBeta(alpha, beta, at);
  const belowMass = below - (betaDensity(alpha, beta, at) * at * (1 - at)) / alpha;
  return Math.max(0, mean * (1 - belowMass) - at * (1 - below));
}

/** Corners of the upper convex hull of the ROC curve, in counted rows: leavers found against stayers called. */
interface Hull {
  readonly found: readonly number[];
  readonly wasted: readonly number[];
}

/** Monotone chain over the distinct scores: each row enters and leaves the hull at most once. */
function rocHull(sample: Sample): Hull {
  const found = [0];
  const wasted = [0];
  let leavers = 0;
  let stayers = 0;
  for (let start = 0; start < sample.rowCount; ) {
    const end = tieEnd(sample, start);
    const before = leavers + stayers;
    for (let i = start; i < end; i++) {
      leavers += sample.labels[i]! * sample.counts[i]!;
      stayers += (1 - sample.labels[i]!) * sample.counts[i]!;
    }
    start = end;
    if (leavers + stayers === before) continue;
    for (let last = found.length - 1; last > 0; last--) {
      const up = found[last]! - found[last - 1]!;
      const along = wasted[last]! - wasted[last - 1]!;
      // The corner stays only when the way to it is strictly steeper than the way on.
      if (up * (stayers - wasted[last]!) > (leavers - found[last]!) * along) break;
      found.pop();
      wasted.pop();
    }
    found.push(leavers);
    wasted.push(stayers);
  }
  return { found, wasted };
}

/** The slow definition: the highest of all cuts' profit lines, integrated between every two places where lines cross. */
function envelopeProfit(rows: readonly JudgedRow[], profit: ProfitSection): number {
  const { offer, contact, lifetimeValue, acceptance } = profit;
  const { alpha, beta } = acceptance;
  const lines = [...new Set(rows.map(({ score }) => score)), 2].map((cut) => {
    const called = rows.filter(({ score }) => score >= cut);
    const leavers = called.filter(({ label }) => label === 1).length / rows.length;
    const stayers = called.filter(({ label }) => label === 0).length / rows.length;
    return {
      slope: (lifetimeValue - offer) * leavers,
      cost: contact * leavers + (offer + contact) * stayers,
    };
  });
  const crossings = lines.flatMap((one) =>
    lines.map((other) => (one.cost - other.cost) / (one.slope - other.slope)),
  );
  const ends = [0, ...crossings.filter((at) => at > 0 && at < 1).sort((a, b) => a - b), 1];
  let sum = 0;
  for (let i = 1; i < ends.length; i++) {
    const [from, to] = [ends[i - 1]!, ends[i]!];
    const middle = (from + to) / 2;
    const heightOf = ({ slope, cost }: { slope: number; cost: number }): number => slope * middle - cost;
    const best = lines.reduce((high, line) => (heightOf(line) > heightOf(high) ? line : high));
    const mass = incompleteBeta(alpha, beta, to) - incompleteBeta(alpha, beta, from);
    const moment = incompleteBeta(alpha + 1, beta, to) - incompleteBeta(alpha + 1, beta, from);
    sum += (best.slope * moment * alpha) / (alpha + beta) - best.cost * mass;
  }
  return sum;
}
