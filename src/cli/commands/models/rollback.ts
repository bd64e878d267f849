/** `holdfast models rollback [NAME]`: the version before answers again. */
import { exitCode } from '../../../base/errors.ts';
import { defineCommand, textOption } from '../../command.ts';
import { putToWorkHere } from '../../put-to-work.ts';
import { withFilledRegistry } from '../../with-registry.ts';

export const rollback = defineCommand({
  id: 'rollback',
  group: 'Look after it',
  summary: 'make the version champion that was it before',
  args: [{ name: '[name]', about: 'the model; needed where several have a champion' }],
  options: [{ flags: '--note <text>', about: 'why, for the history' }],
  examples: ['holdfast models rollback', 'holdfast models rollback telco --note weaker'],
  async run(call) {
    const { rollBackChampionWithin } = await import('../../../serving/deployments/move-champion.ts');
    const { versionJson } = await import('../../../registry/version-json.ts');
    const { rolledBackText } = await import('../../texts/models.ts');
    const note = textOption(call, 'note');
    const done = await withFilledRegistry(call, async (registry) => {
      const { by, find } = registry;
      const name = call.args[0] ?? (await find('champion')).name;
      return putToWorkHere(
        call,
        registry,
        (transaction) => rollBackChampionWithin(transaction, name, by, note === undefined ? {} : { note }),
        ({ version }) => version,
      );
    });
    call.output.result(rolledBackText(done), { version: versionJson(done.version), before: done.before });
    return exitCode.done;
  },
});
