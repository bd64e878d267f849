/** `holdfast models import FILE`: takes in what another workspace exported. */
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { DataError, exitCode, NotFoundError } from '../../../base/errors.ts';
import { printable } from '../../../base/text.ts';
import { defineCommand, requiredArg } from '../../command.ts';
import { withRegistry } from '../../with-registry.ts';

export const importCommand = defineCommand({
  id: 'import',
  group: 'Look after it',
  summary: 'take in a version that another workspace exported',
  args: [{ name: '<file>', about: 'what holdfast models export wrote' }],
  options: [],
  examples: ['holdfast models import telco-3.export', 'holdfast models import telco-3.export --json'],
  async run(call) {
    const { importVersion } = await import('../../../registry/transfer.ts');
    const { versionJson } = await import('../../../registry/version-json.ts');
    const { importedText } = await import('../../texts/models.ts');
    const path = requiredArg(call, 0);
    const who = printable(basename(path));
    const bytes = await readExport(path, who);
    const { version, isNew } = await withRegistry(call, ({ app, database, by }) =>
      importVersion(database, app.artifacts(), { who, bytes }, app.catalogue, by),
    );
    call.output.result(importedText(version, isNew), { version: versionJson(version), isNew });
    return exitCode.done;
  },
});

/** A model of 512 MB and its history; what is larger is something else. */
const largestExport = 600 * 1024 * 1024;

async function readExport(path: string, who: string): Promise<Uint8Array> {
  const found = await stat(path).catch(() => null);
  if (found === null) {
    throw new NotFoundError('data.not-found', `${who}: there is no such file; check the path`, { file: who });
  }
  if (found.isDirectory()) {
    throw new DataError('data.directory', `${who}: is a folder, not a file; name the file in it`, {
      file: who,
    });
  }
  if (found.size > largestExport) {
    throw new DataError(
      'data.too-large',
      `${who}: has ${found.size} bytes, at most ${largestExport} allowed; give what holdfast models export wrote`,
      { file: who },
    );
  }
  return readFile(path);
}
