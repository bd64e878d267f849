/** `holdfast models register MODEL`: a kept model file becomes a version. */
import { exitCode } from '../../../base/errors.ts';
import { defineCommand, requiredArg } from '../../command.ts';
import { withRegistry } from '../../with-registry.ts';

export const register = defineCommand({
  id: 'register',
  group: 'Look after it',
  summary: 'make a model file the next version of its name',
  args: [{ name: '<model>', about: 'latest, a label, an id or a .holdfast file' }],
  options: [],
  examples: ['holdfast models register latest', 'holdfast models register telco.holdfast --json'],
  async run(call) {
    const { registerModel } = await import('../../../registry/register.ts');
    const { versionJson } = await import('../../../registry/version-json.ts');
    const { registeredText } = await import('../../texts/models.ts');
    const { version, isNew } = await withRegistry(call, async ({ app, database, by }) => {
      const { bytes, who } = await app.models.file(requiredArg(call, 0));
      return registerModel(database, app.artifacts(), { who, bytes }, app.catalogue, by);
    });
    call.output.result(registeredText(version, isNew), { version: versionJson(version), isNew });
    return exitCode.done;
  },
});
