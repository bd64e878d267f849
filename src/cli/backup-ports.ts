/** What a backup and a restore need of the application. The database is opened by them, as it is. */
import { type App, packageVersion } from '../app.ts';
import { migrations } from '../database.ts';
import { openArtifacts } from '../store/artifacts/open-artifacts.ts';
import type { BackupPorts } from '../store/backup/write-backup.ts';

export function backupPorts(
  { workspace, clock, progress, signal }: App,
  env: Readonly<Record<string, string | undefined>> = process.env,
): BackupPorts {
  return {
    place: { root: workspace.root, url: env.HOLDFAST_DATABASE_URL },
    // Those of the workspace's own folder are among its files.
    artifacts: env.HOLDFAST_ARTIFACTS ? openArtifacts(workspace, env) : null,
    migrations,
    clock,
    progress,
    ...(signal ? { signal } : {}),
    version: packageVersion(),
  };
}
