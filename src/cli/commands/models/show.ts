/** `holdfast models show VERSION`: all that the registry knows of one. */
import { exitCode } from '../../../base/errors.ts';
import { defineCommand, requiredArg } from '../../command.ts';
import { withFilledRegistry } from '../../with-registry.ts';

export const show = defineCommand({
  id: 'show',
  group: 'Look after it',
  summary: 'show a version: file, signature, figures, approvals',
  args: [{ name: '<version>', about: 'NAME@3, NAME@champion, champion, latest, a label or an id' }],
  options: [],
  examples: ['holdfast models show champion', 'holdfast models show telco@3 --json'],
  async run(call) {
    const { versionJson } = await import('../../../registry/version-json.ts');
    const { versionText } = await import('../../texts/models.ts');
    const version = await withFilledRegistry(call, ({ find }) => find(requiredArg(call, 0)));
    call.output.result(versionText(version), { version: versionJson(version) });
    return exitCode.done;
  },
});
