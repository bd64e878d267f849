/** `holdfast deployments promote [NAME]`: the canary becomes champion. */
import { exitCode } from '../../../base/errors.ts';
import { defineCommand, textOption } from '../../command.ts';
import { deployedName, nameArgument } from '../../deployed-name.ts';
import { putToWorkHere } from '../../put-to-work.ts';
import { withFilledRegistry } from '../../with-registry.ts';

export const promote = defineCommand({
  id: 'promote',
  group: 'Look after it',
  summary: 'make the canary the champion',
  args: [nameArgument],
  options: [{ flags: '--note <text>', about: 'why, for the history' }],
  examples: ['holdfast deployments promote', 'holdfast deployments promote telco --note "a week as canary"'],
  async run(call) {
    const { promoteCanaryWithin } = await import('../../../serving/deployments/move-champion.ts');
    const { deploymentState } = await import('../../../serving/deployments/deployment-state.ts');
    const { deploymentJson } = await import('../../../serving/deployments/deployment-json.ts');
    const { canaryPromotedText } = await import('../../texts/deployments.ts');
    const note = textOption(call, 'note');
    const { done, state } = await withFilledRegistry(call, async (registry) => {
      const { database, by } = registry;
      const name = await deployedName(call, registry);
      const promoted = await putToWorkHere(
        call,
        registry,
        (transaction) => promoteCanaryWithin(transaction, name, by, note === undefined ? {} : { note }),
        ({ version }) => version,
      );
      return { done: promoted, state: await deploymentState(database, name) };
    });
    call.output.result(canaryPromotedText(done), deploymentJson(state));
    return exitCode.done;
  },
});
