/**
 * Gain at 10%: the share of all leavers that is reached by calling the 10% with the highest scores.
 *
 * Gain = leavers among them / all leavers; ties by lot (`top-share.ts`). From 0 to 1, 0.1 is chance; the most that can be
 * reached is 10% / churn rate. Missing scores are refused when the sample is prepared. Cost: O(rows). Interval: bootstrap.
 */
import { gainAt } from '../top-share.ts';

export const gainAt10 = gainAt(10);
