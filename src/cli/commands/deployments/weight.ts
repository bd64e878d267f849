/** `holdfast deployments weight 25% [NAME]`: the canary answers more of the customers, or fewer. */
import { exitCode } from '../../../base/errors.ts';
import { defineCommand, requiredArg, textOption } from '../../command.ts';
import { deployedName, nameArgument } from '../../deployed-name.ts';
import { shareOption } from '../../parse-share.ts';
import { withFilledRegistry } from '../../with-registry.ts';

export const weight = defineCommand({
  id: 'weight',
  group: 'Look after it',
  summary: 'change the share of the customers that the canary answers',
  args: [{ name: '<weight>', about: 'of the customers, 25% or 0.25' }, nameArgument],
  options: [{ flags: '--note <text>', about: 'why, for the history' }],
  examples: [
    'holdfast deployments weight 25%',
    'holdfast deployments weight 0.5 telco --note "a quiet week"',
  ],
  async run(call) {
    const { changeDeployment, currentDeployment } = await import(
      '../../../serving/deployments/deployment.ts'
    );
    const { noCanary } = await import('../../../serving/deployments/move-champion.ts');
    const { deploymentState } = await import('../../../serving/deployments/deployment-state.ts');
    const { deploymentJson } = await import('../../../serving/deployments/deployment-json.ts');
    const { canaryText } = await import('../../texts/deployments.ts');
    const share = shareOption({ ...call, options: { weight: requiredArg(call, 0) } }, 'weight')!;
    const note = textOption(call, 'note');
    const state = await withFilledRegistry(call, async (registry) => {
      const { database, by } = registry;
      const name = await deployedName(call, registry, 1);
      const { canary, seq } = await currentDeployment(database, name);
      if (!canary) throw noCanary(name);
      const change = { canary: { ...canary, share }, ...(note !== undefined && { note }) };
      await changeDeployment(database, name, change, by, seq);
      return deploymentState(database, name);
    });
    call.output.result(canaryText(state), deploymentJson(state));
    return exitCode.done;
  },
});
