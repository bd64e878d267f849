/** `holdfast models alias NAME VERSION`: points a name at a version, or takes it away. */
import { exitCode, ParamError } from '../../../base/errors.ts';
import { defineCommand, requiredArg, textOption } from '../../command.ts';
import { putToWorkHere } from '../../put-to-work.ts';
import { withFilledRegistry } from '../../with-registry.ts';

export const alias = defineCommand({
  id: 'alias',
  group: 'Look after it',
  summary: 'point an alias at a version, or take it away',
  args: [
    { name: '<alias>', about: 'such as challenger; champion is held to what promote asks' },
    { name: '[version]', about: 'NAME@3, latest, a label or an id' },
  ],
  options: [{ flags: '--remove <name>', about: 'take it away from this model instead' }],
  examples: ['holdfast models alias challenger telco@4', 'holdfast models alias challenger --remove telco'],
  async run(call) {
    const { removeAlias, setAlias } = await import('../../../registry/aliases.ts');
    const { champion } = await import('../../../registry/names.ts');
    const { aliasChampionWithin } = await import('../../../serving/deployments/move-champion.ts');
    const { versionJson } = await import('../../../registry/version-json.ts');
    const { aliasRemovedText, aliasSetText } = await import('../../texts/models.ts');
    const name = requiredArg(call, 0);
    const from = textOption(call, 'remove');
    const reference = call.args[1];
    if ((from === undefined) === (reference === undefined)) {
      throw new ParamError(
        'usage.argument',
        'models alias: name a version, or a model with --remove, one of the two; run holdfast models alias --help',
        { option: 'remove' },
      );
    }
    return withFilledRegistry(call, async (registry) => {
      const { database, by, find } = registry;
      if (from !== undefined) {
        const key = await removeAlias(database, from, name, by);
        call.output.result(aliasRemovedText(name, key), { alias: name, removedFrom: key });
        return exitCode.done;
      }
      const key = await find(reference!);
      const { version, before } =
        name === champion
          ? await putToWorkHere(
              call,
              registry,
              (transaction) => aliasChampionWithin(transaction, key, by),
              (moved) => moved.version,
            )
          : await setAlias(database, key, name, by);
      call.output.result(aliasSetText(name, version, before), {
        alias: name,
        version: versionJson(version),
        before,
      });
      return exitCode.done;
    });
  },
});
