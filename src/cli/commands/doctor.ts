/** `holdfast doctor`: is everything here in order? */
import { exitCode } from '../../base/errors.ts';
import { defineCommand } from '../command.ts';
import { withApp } from '../with-app.ts';

export const doctor = defineCommand({
  id: 'doctor',
  group: 'Look after it',
  summary: 'check the installation, the workspace and every model in it',
  args: [],
  options: [],
  examples: ['holdfast doctor', 'holdfast doctor --json'],
  async run(call) {
    const { examine } = await import('../../tasks/doctor.ts');
    const result = await withApp(call, (app) => examine(app));
    const lines = result.checks.map(({ ok, name, detail }) => `  ${ok ? 'ok ' : 'NO '}  ${name}: ${detail}`);
    call.output.result(
      [result.healthy ? 'All in order.' : 'Something needs attention.', ...lines].join('\n'),
      result,
    );
    return result.healthy ? exitCode.done : exitCode.answerIsNo;
  },
});
