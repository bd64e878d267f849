/** `holdfast deployments stop canary|shadow [NAME]`: the champion answers all again. */
import { exitCode, ParamError } from '../../../base/errors.ts';
import { printable } from '../../../base/text.ts';
import { defineCommand, requiredArg, textOption } from '../../command.ts';
import { deployedName, nameArgument } from '../../deployed-name.ts';
import { withFilledRegistry } from '../../with-registry.ts';

export const stop = defineCommand({
  id: 'stop',
  group: 'Look after it',
  summary: 'end a canary or a shadow',
  args: [{ name: '<slot>', about: 'canary or shadow' }, nameArgument],
  options: [{ flags: '--note <text>', about: 'why, for the history' }],
  examples: [
    'holdfast deployments stop canary',
    'holdfast deployments stop shadow telco --note "seen enough"',
  ],
  async run(call) {
    const { changeDeployment } = await import('../../../serving/deployments/deployment.ts');
    const { deploymentState } = await import('../../../serving/deployments/deployment-state.ts');
    const { deploymentJson } = await import('../../../serving/deployments/deployment-json.ts');
    const { stoppedText } = await import('../../texts/deployments.ts');
    const slot = slotOf(requiredArg(call, 0));
    const note = textOption(call, 'note');
    const { before, state } = await withFilledRegistry(call, async (registry) => {
      const { database, by } = registry;
      const name = await deployedName(call, registry, 1);
      const standing = await deploymentState(database, name);
      await changeDeployment(database, name, { [slot]: null, ...(note !== undefined && { note }) }, by);
      return { before: standing, state: await deploymentState(database, name) };
    });
    call.output.result(stoppedText(slot, before), deploymentJson(state));
    return exitCode.done;
  },
});

function slotOf(word: string): 'canary' | 'shadow' {
  if (word === 'canary' || word === 'shadow') return word;
  throw new ParamError(
    'usage.argument',
    `deployments stop: <slot> must be canary or shadow, got ${printable(word)}; the champion goes by rollback or another promotion`,
    { option: 'slot' },
  );
}
