/**
 * More customers leave, and leavers look as leavers did (label shift): a stayer is often sent away, and a stranger drawn instead,
 * a leaver never. Given the records the log-odds of leaving are then higher by the same amount for everyone.
 */
import { exp } from '../../../math/exp-log.ts';
import { happens } from '../causal.ts';
import type { DriftDefinition } from './definition.ts';

/** What the log-odds of leaving gain at size 1: 24% becomes 46%. */
const mostLogOdds = 1;

export const priorShift: DriftDefinition = {
  id: 'prior-shift',
  title: 'More customers leave; leavers and stayers look as they did.',
  isGradual: false,
  plan: () => ({
    column: null,
    change: 'a higher share leaves',
    measure: 'mean',
    choose: (candidates, size, random) => {
      // Keeping a share e^-d of the stayers and all leavers adds d to the log-odds of leaving among those kept.
      const share = exp(-mostLogOdds * size);
      let attempt = 0;
      while (!candidates.isChurned(attempt) && !happens(random, share)) attempt++;
      return attempt;
    },
    riskOfChosen: (size) => mostLogOdds * size,
  }),
};
