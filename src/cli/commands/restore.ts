/** `holdfast restore FILE`: brings a backup back, into a place that is empty. */
import { resolve } from 'node:path';
import { exitCode, ParamError } from '../../base/errors.ts';
import { type CommandCall, defineCommand, requiredArg, textOption } from '../command.ts';
import { withApp } from '../with-app.ts';

export const restore = defineCommand({
  id: 'restore',
  group: 'Look after it',
  summary: 'bring a backup back, whole or not at all',
  args: [{ name: '<file>', about: 'what holdfast backup wrote' }],
  options: [
    { flags: '--into <folder>', about: 'a new workspace of its own, with SQLite; nothing else is touched' },
    { flags: '--check', about: 'only read the backup and check every part of it' },
    { flags: '--yes', about: 'move what the workspace holds into a folder beside' },
  ],
  examples: [
    'holdfast restore /mnt/backups/holdfast-2026-11-21.zip --check',
    'holdfast restore holdfast-2026-11-21.zip --into drill',
    'holdfast restore holdfast-2026-11-21.zip',
  ],
  async run(call) {
    const file = requiredArg(call, 0);
    return call.options.check === true ? check(call, file) : bringBack(call, file);
  },
});

async function check(call: CommandCall, file: string): Promise<number> {
  for (const option of ['into', 'yes']) {
    if (call.options[option] === undefined) continue;
    throw new ParamError(
      'usage.argument',
      `restore: --check changes nothing, so it does not go with --${option}; leave one of them out`,
      { option },
    );
  }
  const { checkBackup } = await import('../../store/backup/restore-backup.ts');
  const { backupPorts } = await import('../backup-ports.ts');
  const { checkedText } = await import('../texts/backup.ts');
  const facts = await withApp(call, async (app) => {
    call.output.progress.step('Checking the backup');
    return checkBackup(file, backupPorts(app));
  });
  call.output.result(checkedText(file, facts), { file, ...facts });
  return exitCode.done;
}

async function bringBack(call: CommandCall, file: string): Promise<number> {
  const { restoreBackup } = await import('../../store/backup/restore-backup.ts');
  const { backupPorts } = await import('../backup-ports.ts');
  const { erasuresSince } = await import('../../store/erase/erasures-since.ts');
  const { databaseFile } = await import('../../store/database/open-database.ts');
  const { erasedAgainText, restoredText } = await import('../texts/backup.ts');
  const { cliActor } = await import('../actor.ts');
  const into = textOption(call, 'into');
  const summary = await withApp(call, async (app) => {
    const ports = { ...backupPorts(app), actor: cliActor() };
    call.output.progress.step('Checking the backup, then bringing it back');
    return restoreBackup(
      file,
      // A folder of its own: neither the server nor the file store of the environment is touched.
      into === undefined ? ports : { ...ports, place: { root: resolve(into) }, artifacts: null },
      { moveAside: call.options.yes === true },
    );
  });
  const erasedSince =
    summary.movedTo === null ? [] : erasuresSince(databaseFile(summary.movedTo), Date.parse(summary.created));
  call.output.result(restoredText(file, summary, into !== undefined), { file, ...summary, erasedSince });
  if (erasedSince.length > 0) call.output.warn(erasedAgainText(erasedSince));
  return summary.history.brokenAt === null ? exitCode.done : exitCode.answerIsNo;
}
