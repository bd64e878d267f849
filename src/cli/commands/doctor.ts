/** `holdfast doctor`: is everything here in order? */
import { exitCode } from '../../base/errors.ts';
import { defineCommand } from '../command.ts';
import { withApp } from '../with-app.ts';

export const doctor = defineCommand({
  id: 'doctor',
  group: 'Look after it',
  summary: 'check the installation, the workspace and all in it',
  args: [],
  options: [],
  examples: ['holdfast doctor', 'holdfast doctor --json'],
  async run(call) {
    const { examine } = await import('../../tasks/doctor.ts');
    const { doctorText } = await import('../texts/doctor.ts');
    const { examineDatabase } = await import('../../registry/examine.ts');
    const result = await withApp(call, async (app) => {
      const { checks } = await examine(app);
      const all = [...checks, ...(await examineDatabase(app, app.clock.now()))];
      return { healthy: all.every(({ ok }) => ok), checks: all };
    });
    call.output.result(doctorText(result), result);
    return result.healthy ? exitCode.done : exitCode.answerIsNo;
  },
});
