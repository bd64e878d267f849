/** `holdfast deployments limits [NAME]`: when a new slot is sent back by itself. */
import { exitCode, ParamError } from '../../../base/errors.ts';
import { defineCommand, textOption } from '../../command.ts';
import { deployedName, nameArgument } from '../../deployed-name.ts';
import { watchLimitOptions, watchLimitsOf } from '../../watch-limit-options.ts';
import { withFilledRegistry } from '../../with-registry.ts';

export const limits = defineCommand({
  id: 'limits',
  group: 'Look after it',
  summary: 'say when a canary or a new champion is sent back by itself',
  args: [nameArgument],
  options: [...watchLimitOptions, { flags: '--note <text>', about: 'why, for the history' }],
  examples: [
    'holdfast deployments limits --p95 100 --error-rate 1%',
    'holdfast deployments limits telco --window 300 --at-least 500',
  ],
  async run(call) {
    const { changeDeployment } = await import('../../../serving/deployments/deployment.ts');
    const { deploymentState } = await import('../../../serving/deployments/deployment-state.ts');
    const { deploymentJson } = await import('../../../serving/deployments/deployment-json.ts');
    const { limitsText } = await import('../../texts/deployments.ts');
    const wanted = watchLimitsOf(call);
    const note = textOption(call, 'note');
    if (Object.keys(wanted).length === 0) {
      throw new ParamError(
        'usage.argument',
        'deployments limits: give one at least of --error-rate, --p95, --score-shift, --window and --at-least',
        { option: 'p95' },
      );
    }
    const state = await withFilledRegistry(call, async (registry) => {
      const name = await deployedName(call, registry);
      // A misspelt name is told before anything is written about it.
      await deploymentState(registry.database, name);
      const change = { limits: wanted, ...(note !== undefined && { note }) };
      await changeDeployment(registry.database, name, change, registry.by);
      return deploymentState(registry.database, name);
    });
    call.output.result(limitsText(state.limits), deploymentJson(state));
    return exitCode.done;
  },
});
