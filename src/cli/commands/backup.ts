/** `holdfast backup FILE`: everything the workspace keeps, in one file, while it goes on working. */
import { existsSync } from 'node:fs';
import { exitCode, NotFoundError } from '../../base/errors.ts';
import { defineCommand, requiredArg } from '../command.ts';
import { shownPath } from '../format.ts';
import { withApp } from '../with-app.ts';

export const backup = defineCommand({
  id: 'backup',
  group: 'Look after it',
  summary: 'copy database, models and kept files into one checked file',
  args: [{ name: '<file>', about: 'the file to write, best on another disk' }],
  options: [{ flags: '--yes', about: 'replace a file that is there already' }],
  examples: ['holdfast backup /mnt/backups/holdfast.zip', 'holdfast backup latest.zip --yes --json'],
  async run(call) {
    const { writeBackup } = await import('../../store/backup/write-backup.ts');
    const { checkOutput } = await import('../../tasks/check-output.ts');
    const { backupPorts } = await import('../backup-ports.ts');
    const { backupText } = await import('../texts/backup.ts');
    const file = requiredArg(call, 0);
    const made = await withApp(call, async (app) => {
      const { root } = app.workspace;
      // A nightly backup from a wrong folder must not be whole and empty for months.
      const { HOLDFAST_DATABASE_URL: url, HOLDFAST_ARTIFACTS: kept } = process.env;
      if (!url && !kept && !existsSync(root))
        throw new NotFoundError(
          'backup.nothing',
          `${shownPath(root)}: there is no such workspace, so nothing to back up; go to the folder of the project, or set HOLDFAST_HOME`,
        );
      await checkOutput(file, {});
      call.output.progress.step('Copying database and files');
      return writeBackup(file, backupPorts(app), { replace: call.options.yes === true });
    });
    call.output.result(backupText(file, made), { file, ...made });
    return exitCode.done;
  },
});
