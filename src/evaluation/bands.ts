/** Three words for a churn probability: high, medium, low. */
import type { BandsSection } from './section.ts';

export type Band = 'high' | 'medium' | 'low';

/** The lowest score of the two upper bands. */
export interface Bands {
  readonly high: number;
  readonly medium: number;
}

/**
 * The bands of a model: `high` from the threshold on and `medium` from half of it, unless the project file says
 * otherwise. When it sets only one of them and that one crosses the other's default, the default gives way.
 */
export function resolveBands(section: BandsSection, threshold: number): Bands {
  const high = section.high ?? Math.max(threshold, section.medium ?? 0);
  return { high, medium: section.medium ?? Math.min(threshold / 2, high) };
}

export const bandOf = (score: number, bands: Bands): Band =>
  score >= bands.high ? 'high' : score >= bands.medium ? 'medium' : 'low';
