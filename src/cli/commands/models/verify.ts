/** `holdfast models verify [VERSION]`: is every registered file and the history what it was? */
import { exitCode } from '../../../base/errors.ts';
import { defineCommand } from '../../command.ts';
import { withFilledRegistry } from '../../with-registry.ts';

export const verify = defineCommand({
  id: 'verify',
  group: 'Look after it',
  summary: 'check the files of versions and the chain of the history',
  args: [{ name: '[version]', about: 'NAME@3, an alias or a label; every version without' }],
  options: [],
  examples: ['holdfast models verify', 'holdfast models verify champion --json'],
  async run(call) {
    const { verifyRegistry } = await import('../../../registry/verify.ts');
    const { verifyText } = await import('../../texts/models.ts');
    const reference = call.args[0];
    const found = await withFilledRegistry(call, async ({ app, database, find }) => {
      const only = reference === undefined ? undefined : [await find(reference)];
      return verifyRegistry(database, app.artifacts(), app.catalogue, only);
    });
    call.output.result(verifyText(found), found);
    return found.ok ? exitCode.done : exitCode.answerIsNo;
  },
});
