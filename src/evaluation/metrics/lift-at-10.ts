/**
 * Lift at 10%: how many times as many leavers the 10% with the highest scores hold as the same number drawn at random.
 *
 * Lift = share of leavers among them / churn rate; ties by lot (`top-share.ts`). From 0 to 10 or 1 / churn rate, whichever
 * is less; 1 is chance. Missing scores are refused when the sample is prepared. Cost: O(rows). Interval: bootstrap.
 *
 * empulse: lift_score. Neslin et al. (2006) judge churn models by the lift of the first tenth.
 */
import { liftAt } from '../top-share.ts';

export const liftAt10 = liftAt(10);
