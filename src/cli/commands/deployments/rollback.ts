/** `holdfast deployments rollback [NAME]`: the champion before answers again. */
import { exitCode } from '../../../base/errors.ts';
import { defineCommand, textOption } from '../../command.ts';
import { deployedName, nameArgument } from '../../deployed-name.ts';
import { putToWorkHere } from '../../put-to-work.ts';
import { withFilledRegistry } from '../../with-registry.ts';

export const rollback = defineCommand({
  id: 'rollback',
  group: 'Look after it',
  summary: 'make the version champion that was it before',
  args: [nameArgument],
  options: [{ flags: '--note <text>', about: 'why, for the history' }],
  examples: ['holdfast deployments rollback', 'holdfast deployments rollback telco --note "too many calls"'],
  async run(call) {
    const { rollBackChampionWithin } = await import('../../../serving/deployments/move-champion.ts');
    const { deploymentState } = await import('../../../serving/deployments/deployment-state.ts');
    const { deploymentJson } = await import('../../../serving/deployments/deployment-json.ts');
    const { backText } = await import('../../texts/deployments.ts');
    const note = textOption(call, 'note');
    const { done, state } = await withFilledRegistry(call, async (registry) => {
      const { database, by } = registry;
      const name = await deployedName(call, registry);
      const back = await putToWorkHere(
        call,
        registry,
        (transaction) => rollBackChampionWithin(transaction, name, by, note === undefined ? {} : { note }),
        ({ version }) => version,
      );
      return { done: back, state: await deploymentState(database, name) };
    });
    call.output.result(backText(done, state), deploymentJson(state));
    return exitCode.done;
  },
});
