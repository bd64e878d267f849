/** `holdfast models promote VERSION`: from now on this version answers. */
import { exitCode } from '../../../base/errors.ts';
import { defineCommand, requiredArg, textOption } from '../../command.ts';
import { putToWorkHere } from '../../put-to-work.ts';
import { withFilledRegistry } from '../../with-registry.ts';

export const promote = defineCommand({
  id: 'promote',
  group: 'Look after it',
  summary: 'make a version the champion, in Production',
  args: [{ name: '<version>', about: 'NAME@3, NAME@challenger, latest, a label or an id' }],
  options: [
    { flags: '--note <text>', about: 'why, for the history' },
    { flags: '--force', about: 'although its gate refused it; needs a note' },
  ],
  examples: ['holdfast models promote telco@3', 'holdfast models promote latest --force --note down'],
  async run(call) {
    const { promoteChampionWithin } = await import('../../../serving/deployments/move-champion.ts');
    const { versionJson } = await import('../../../registry/version-json.ts');
    const { promotedText } = await import('../../texts/models.ts');
    const note = textOption(call, 'note');
    const force = call.options.force === true;
    const done = await withFilledRegistry(call, async (registry) => {
      const key = await registry.find(requiredArg(call, 0));
      const options = { force, ...(note === undefined ? {} : { note }) };
      return putToWorkHere(
        call,
        registry,
        (transaction) => promoteChampionWithin(transaction, key, registry.by, options),
        ({ version }) => version,
      );
    });
    const { version, before, forced } = done;
    call.output.result(promotedText(done), { version: versionJson(version), before, forced });
    return exitCode.done;
  },
});
