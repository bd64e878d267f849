/** `holdfast models export VERSION FILE`: a version in one file, for another workspace. */
import { exitCode } from '../../../base/errors.ts';
import { defineCommand, requiredArg } from '../../command.ts';
import { withFilledRegistry } from '../../with-registry.ts';

export const exportCommand = defineCommand({
  id: 'export',
  group: 'Look after it',
  summary: 'write a version with its history into one file',
  args: [
    { name: '<version>', about: 'NAME@3, NAME@champion, latest, a label or an id' },
    { name: '<file>', about: 'where to write it' },
  ],
  options: [],
  examples: [
    'holdfast models export champion telco-3.export',
    'holdfast models export telco@3 /mnt/usb/telco-3.export --json',
  ],
  async run(call) {
    const { exportVersion } = await import('../../../registry/transfer.ts');
    const { checkOutput } = await import('../../../tasks/check-output.ts');
    const { writeWholeFile } = await import('../../../store/whole-file.ts');
    const { sha256 } = await import('../../../base/hash.ts');
    const { exportedText } = await import('../../texts/models.ts');
    const path = requiredArg(call, 1);
    await checkOutput(path, { inputs: [] });
    return withFilledRegistry(call, async ({ app, database, find }) => {
      const version = await find(requiredArg(call, 0));
      const bytes = await exportVersion(database, app.artifacts(), version);
      await writeWholeFile(path, bytes);
      const { name, version: number, modelId } = version;
      call.output.result(exportedText(version, path, bytes.length), {
        name,
        version: number,
        modelId,
        file: path,
        sha256: sha256(bytes),
        bytes: bytes.length,
      });
      return exitCode.done;
    });
  },
});
