/** `holdfast deployments canary VERSION --weight 10%`: a share of the customers is answered by this version. */
import { exitCode, ParamError } from '../../../base/errors.ts';
import { defineCommand, requiredArg, textOption } from '../../command.ts';
import { shareOption } from '../../parse-share.ts';
import { putToWorkHere } from '../../put-to-work.ts';
import { watchLimitOptions, watchLimitsOf } from '../../watch-limit-options.ts';
import { withFilledRegistry } from '../../with-registry.ts';

export const canary = defineCommand({
  id: 'canary',
  group: 'Look after it',
  summary: 'have a version answer a share of the customers',
  args: [{ name: '<version>', about: 'NAME@3, NAME@challenger, latest, a label or an id' }],
  options: [
    { flags: '--weight <share>', about: 'of the customers, 10% or 0.1' },
    ...watchLimitOptions,
    { flags: '--note <text>', about: 'why, for the history' },
  ],
  examples: [
    'holdfast deployments canary telco@3 --weight 10%',
    'holdfast deployments canary latest --weight 0.05 --p95 50 --note "March data"',
  ],
  async run(call) {
    const { changeDeploymentWithin } = await import('../../../serving/deployments/deployment.ts');
    const { deploymentState } = await import('../../../serving/deployments/deployment-state.ts');
    const { deploymentJson } = await import('../../../serving/deployments/deployment-json.ts');
    const { canaryText } = await import('../../texts/deployments.ts');
    const share = shareOption(call, 'weight');
    const note = textOption(call, 'note');
    const limits = watchLimitsOf(call);
    if (share === undefined) {
      throw new ParamError(
        'usage.argument',
        'deployments canary: --weight is missing; say which share of the customers it answers, such as --weight 10%',
        { option: 'weight' },
      );
    }
    const state = await withFilledRegistry(call, async (registry) => {
      const { database, by, find } = registry;
      const { name, version } = await find(requiredArg(call, 0));
      const change = { canary: { version, share }, limits, ...(note !== undefined && { note }) };
      await putToWorkHere(
        call,
        registry,
        (transaction) => changeDeploymentWithin(transaction, name, change, by),
        () => ({ name, version }),
      );
      return deploymentState(database, name);
    });
    call.output.result(canaryText(state), deploymentJson(state));
    return exitCode.done;
  },
});
