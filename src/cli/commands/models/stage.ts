/** `holdfast models stage VERSION STAGE`: where a version is on its way. */
import { exitCode } from '../../../base/errors.ts';
import { defineCommand, requiredArg } from '../../command.ts';
import { withFilledRegistry } from '../../with-registry.ts';

export const stage = defineCommand({
  id: 'stage',
  group: 'Look after it',
  summary: 'move a version to another stage',
  args: [
    { name: '<version>', about: 'NAME@3, latest, a label or an id' },
    { name: '<stage>', about: 'None, Staging, Production or Archived' },
  ],
  options: [{ flags: '--archive-others', about: 'archive the versions that have this stage now' }],
  examples: [
    'holdfast models stage telco@4 Staging',
    'holdfast models stage telco@4 Staging --archive-others',
  ],
  async run(call) {
    const { setStage, stageOf } = await import('../../../registry/stage.ts');
    const { versionJson } = await import('../../../registry/version-json.ts');
    const { stageText } = await import('../../texts/models.ts');
    const wanted = stageOf(requiredArg(call, 1));
    const archiveOthers = call.options.archiveOthers === true;
    const version = await withFilledRegistry(call, async ({ database, by, find }) =>
      setStage(database, await find(requiredArg(call, 0)), wanted, by, { archiveOthers }),
    );
    call.output.result(stageText(version), { version: versionJson(version) });
    return exitCode.done;
  },
});
