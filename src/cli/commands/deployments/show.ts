/** `holdfast deployments show [NAME]`: what stands in the slots, what it answered lately, what was sent back. */
import { exitCode } from '../../../base/errors.ts';
import { defineCommand } from '../../command.ts';
import { withFilledRegistry } from '../../with-registry.ts';

export const show = defineCommand({
  id: 'show',
  group: 'Look after it',
  summary: 'show champion, canary and shadow with what they answered',
  args: [{ name: '[name]', about: 'the model; all that are deployed without' }],
  options: [],
  examples: ['holdfast deployments show', 'holdfast deployments show telco --json'],
  async run(call) {
    const { deploymentState, listDeployments } = await import(
      '../../../serving/deployments/deployment-state.ts'
    );
    const { deploymentJson } = await import('../../../serving/deployments/deployment-json.ts');
    const { slotTraffic } = await import('../../../serving/deployments/slot-traffic.ts');
    const { deploymentListText, idsIn } = await import('../../texts/deployments.ts');
    const [name] = call.args;
    const shown = await withFilledRegistry(call, async ({ app, database }) => {
      const states =
        name === undefined ? await listDeployments(database) : [await deploymentState(database, name)];
      return Promise.all(
        states.map(async (state) => {
          const since = app.clock.now() - state.limits.windowSeconds * 1000;
          return { state, traffic: await slotTraffic(database, idsIn(state), since) };
        }),
      );
    });
    call.output.result(deploymentListText(shown), {
      deployments: shown.map(({ state, traffic }) => ({ ...deploymentJson(state), traffic })),
    });
    return exitCode.done;
  },
});
