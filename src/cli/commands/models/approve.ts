/** `holdfast models approve VERSION`: a person says that it may answer. */
import { exitCode } from '../../../base/errors.ts';
import { defineCommand, requiredArg, textOption } from '../../command.ts';
import { withFilledRegistry } from '../../with-registry.ts';

export const approve = defineCommand({
  id: 'approve',
  group: 'Look after it',
  summary: 'approve a version, with a note that says why',
  args: [{ name: '<version>', about: 'NAME@3, NAME@challenger, latest, a label or an id' }],
  options: [{ flags: '--note <text>', about: 'what was looked at, and why it may answer; needed' }],
  examples: [
    'holdfast models approve telco@3 --note sound',
    'holdfast models approve latest --note agreed --json',
  ],
  async run(call) {
    const { approve: approveVersion } = await import('../../../registry/approve.ts');
    const { versionJson } = await import('../../../registry/version-json.ts');
    const { approvedText } = await import('../../texts/models.ts');
    const version = await withFilledRegistry(call, async ({ database, by, find }) =>
      approveVersion(database, await find(requiredArg(call, 0)), textOption(call, 'note'), by),
    );
    call.output.result(approvedText(version), { version: versionJson(version) });
    return exitCode.done;
  },
});
