/** `holdfast deployments shadow VERSION`: a version scores along, is logged and answers nobody. */
import { exitCode } from '../../../base/errors.ts';
import { defineCommand, requiredArg, textOption } from '../../command.ts';
import { putToWorkHere } from '../../put-to-work.ts';
import { withFilledRegistry } from '../../with-registry.ts';

export const shadow = defineCommand({
  id: 'shadow',
  group: 'Look after it',
  summary: 'have a version score along and answer nobody',
  args: [{ name: '<version>', about: 'NAME@3, NAME@challenger, latest, a label or an id' }],
  options: [{ flags: '--note <text>', about: 'why, for the history' }],
  examples: [
    'holdfast deployments shadow telco@3',
    'holdfast deployments shadow latest --note "new features"',
  ],
  async run(call) {
    const { changeDeploymentWithin } = await import('../../../serving/deployments/deployment.ts');
    const { deploymentState } = await import('../../../serving/deployments/deployment-state.ts');
    const { deploymentJson } = await import('../../../serving/deployments/deployment-json.ts');
    const { shadowText } = await import('../../texts/deployments.ts');
    const note = textOption(call, 'note');
    const state = await withFilledRegistry(call, async (registry) => {
      const { database, by, find } = registry;
      const { name, version } = await find(requiredArg(call, 0));
      const change = { shadow: { version }, ...(note !== undefined && { note }) };
      await putToWorkHere(
        call,
        registry,
        (transaction) => changeDeploymentWithin(transaction, name, change, by),
        () => ({ name, version }),
      );
      return deploymentState(database, name);
    });
    call.output.result(shadowText(state), deploymentJson(state));
    return exitCode.done;
  },
});
