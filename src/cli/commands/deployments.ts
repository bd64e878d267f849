/** `holdfast deployments`: who answers customers now, who is tried beside, and the way back. */
import { defineCommandGroup } from '../command.ts';
import { canary } from './deployments/canary.ts';
import { history } from './deployments/history.ts';
import { limits } from './deployments/limits.ts';
import { promote } from './deployments/promote.ts';
import { rollback } from './deployments/rollback.ts';
import { shadow } from './deployments/shadow.ts';
import { show } from './deployments/show.ts';
import { stop } from './deployments/stop.ts';
import { weight } from './deployments/weight.ts';

export const deployments = defineCommandGroup({
  id: 'deployments',
  group: 'Look after it',
  summary: 'try a version beside the champion, promote it, go back',
  examples: [
    'holdfast deployments show',
    'holdfast deployments canary telco@3 --weight 10%',
    'holdfast deployments rollback',
  ],
  commands: [show, canary, shadow, weight, limits, promote, stop, rollback, history],
});
