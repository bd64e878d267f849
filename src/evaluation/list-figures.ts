/**
 * What a list of customers by score holds, read off every score: for the figures that a report says in words and tables.
 *
 * The curves beside them are thinned for drawing and only nearly right between two of their points. Where a cut falls
 * inside a tie, tied customers are taken by lot, as `top-share.ts` and `profit.ts` have it. Cost: O(rows).
 */
import type { Bands } from './bands.ts';
import { type ProfitPoint, profitOfTopShare, profitPoints } from './profit.ts';
import { classTotals, type Sample } from './sample.ts';
import type { ProfitSection } from './section.ts';
import { reachedAt } from './top-share.ts';

/** Shares of all customers, in percent, for which a list is told. */
export const listPercents = [5, 10, 20, 30] as const;

/** The first `percent` of all customers hold the `reached` share of the leavers. */
export interface ListFigure {
  readonly percent: number;
  readonly reached: number;
  /** Expected per customer of all; null without a profit section. */
  readonly profit: number | null;
}

/** Customers with a score or a higher one: shares of all customers and of all leavers. */
export interface AboveScore {
  readonly contacted: number;
  readonly reached: number;
}

export interface ListFigures {
  readonly lists: readonly ListFigure[];
  /** From the lowest score of each upper band on. */
  readonly bands: { readonly high: AboveScore; readonly medium: AboveScore };
  /** Where most is earned, the shortest such list; null without a profit section. */
  readonly best: ProfitPoint | null;
}

export function listFigures(sample: Sample, bands: Bands, profit?: ProfitSection): ListFigures {
  return {
    lists: listPercents.map((percent) => ({
      percent,
      reached: reachedAt(sample, percent),
      profit: profit ? profitOfTopShare(sample, profit, percent / 100) : null,
    })),
    bands: { high: aboveScore(sample, bands.high), medium: aboveScore(sample, bands.medium) },
    best: profit ? bestPoint(profitPoints(sample, profit)) : null,
  };
}

/** The first point at which most is earned. */
export const bestPoint = (points: readonly ProfitPoint[]): ProfitPoint =>
  points.reduce((best, point) => (point.profit > best.profit ? point : best), points[0]!);

function aboveScore(sample: Sample, score: number): AboveScore {
  const { churned, stayed } = classTotals(sample);
  let called = 0;
  let found = 0;
  for (let i = 0; i < sample.rowCount && sample.scores[i]! >= score; i++) {
    called += sample.counts[i]!;
    found += sample.labels[i]! * sample.counts[i]!;
  }
  return { contacted: called / (churned + stayed), reached: found / churned };
}
