/** `holdfast deployments history [NAME]`: what was tried, promoted and sent back, when, by whom and why. */
import { exitCode } from '../../../base/errors.ts';
import { defineCommand } from '../../command.ts';
import { withFilledRegistry } from '../../with-registry.ts';

export const history = defineCommand({
  id: 'history',
  group: 'Look after it',
  summary: 'tell what was tried, promoted and sent back, when and why',
  args: [{ name: '[name]', about: 'the model; all without' }],
  options: [],
  examples: ['holdfast deployments history', 'holdfast deployments history telco --json'],
  async run(call) {
    const { deploymentHistory } = await import('../../../serving/deployments/deployment-history.ts');
    const { deploymentState } = await import('../../../serving/deployments/deployment-state.ts');
    const { isoTime } = await import('../../../registry/version-json.ts');
    const { deploymentHistoryText } = await import('../../texts/deployments.ts');
    const [name] = call.args;
    const entries = await withFilledRegistry(call, async ({ database }) => {
      if (name !== undefined) await deploymentState(database, name);
      return deploymentHistory(database, name);
    });
    call.output.result(deploymentHistoryText(entries), {
      entries: entries.map(({ at, ...rest }) => ({ ...rest, at: isoTime(at) })),
    });
    return exitCode.done;
  },
});
