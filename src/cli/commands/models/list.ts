/** `holdfast models list`: every version there is. */
import { exitCode } from '../../../base/errors.ts';
import { defineCommand, textOption } from '../../command.ts';
import { choiceOption } from '../../parse.ts';
import { withApp } from '../../with-app.ts';

export const list = defineCommand({
  id: 'list',
  group: 'Look after it',
  summary: 'list the registered versions, the newest of each name first',
  args: [],
  options: [
    { flags: '--name <name>', about: 'only versions of this model' },
    { flags: '--stage <stage>', about: 'only versions of None, Staging, Production or Archived' },
  ],
  examples: ['holdfast models list', 'holdfast models list --stage Production --json'],
  async run(call) {
    const { stages } = await import('../../../registry/model-version.ts');
    const { listVersions } = await import('../../../registry/versions.ts');
    const { versionJson } = await import('../../../registry/version-json.ts');
    const { versionListText } = await import('../../texts/models.ts');
    const name = textOption(call, 'name');
    const stage = choiceOption(call, 'stage', stages);
    const versions = await withApp(call, async (app) => {
      const database = await app.databaseIfThere();
      return database
        ? listVersions(database, { ...(name ? { name } : {}), ...(stage ? { stage } : {}) })
        : [];
    });
    call.output.result(versionListText(versions), { versions: versions.map(versionJson) });
    return exitCode.done;
  },
});
