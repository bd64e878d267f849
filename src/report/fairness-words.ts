/**
 * What was found between groups of people, in sentences: the page, the card and the command line share them.
 *
 * A gap is told as proven only when its interval, which holds for all pairs of groups together, leaves out 0; one that is
 * not proven is no proof of equal treatment either, and is told so.
 */
import type { FairnessColumn, FairnessGap, FairnessMeasure } from '../evaluation/fairness.ts';
import { countOf, decimal, listed } from './format.ts';
import { levelName } from './plain-words.ts';

/** What is compared between groups, as a part of a sentence: "the share flagged is 9.1 points higher". */
export const fairnessWords: Readonly<Record<FairnessMeasure, string>> = {
  selectionRate: 'share flagged',
  recall: 'share of leavers found',
  falsePositiveRate: 'share of stayers flagged in vain',
  calibration: 'mean score less churn rate',
};

export interface ToldGap {
  readonly column: string;
  readonly measure: FairnessMeasure;
  readonly gap: FairnessGap;
}

/** The largest gap of each measure of each column, in their order; measures without two groups to compare are left out. */
export const toldGaps = (columns: readonly FairnessColumn[]): ToldGap[] =>
  columns.flatMap(({ column, gaps }) =>
    (Object.keys(fairnessWords) as FairnessMeasure[]).flatMap((measure) => {
      const gap = gaps[measure];
      return gap === null ? [] : [{ column, measure, gap }];
    }),
  );

/** A difference of two shares: `9.1` of 0.091. */
export const points = (value: number): string => decimal(100 * value, 1);

/** Gaps named in one sentence. */
const mostNamed = 4;

/** What an absent or empty list, one without groups, one without proof and one with proof come to. */
export function fairnessSentence(columns: readonly FairnessColumn[] | undefined): string {
  if (columns === undefined) return 'Gaps between groups of people were not looked for.';
  if (columns.length === 0)
    return 'No gap between groups of people was looked for: the contract calls no column personal that is read and makes groups.';
  const gaps = toldGaps(columns);
  const looked = listed(columns.map(({ column }) => column));
  if (gaps.length === 0)
    return `Gaps between groups of ${looked} could not be judged: that takes two groups of at least 50 customers.`;
  const proven = gaps.filter(({ gap }) => gap.proven);
  if (proven.length === 0)
    return `Between groups of ${looked} no gap is proven. That does not prove that they are treated alike: with so few customers a gap may stay hidden.`;
  const told = proven
    .slice(0, mostNamed)
    .map(
      ({ column, measure, gap }) =>
        `${column}: the ${fairnessWords[measure]} is ${points(gap.value)} points (95% interval ${points(gap.low)} to ${points(gap.high)}) higher for ${levelName(gap.highest)} than for ${levelName(gap.lowest)}`,
    );
  const more = proven.length - told.length;
  return `${countOf(proven.length, 'gap')} between groups of ${looked} ${proven.length === 1 ? 'is' : 'are'} proven. ${told.join('; ')}${more > 0 ? `; and ${more} more` : ''}. A gap is not yet unfair, since groups may truly leave more or less often; whether it is acceptable is for a person to decide.`;
}
