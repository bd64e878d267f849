/** Puts a version to work as every command does: its model must open, and what a person should know of it is said. */
import type { VersionKey } from '../registry/model-version.ts';
import type { WorkChange } from '../serving/deployments/put-to-work.ts';
import type { CommandCall } from './command.ts';
import type { RegistryCall } from './with-registry.ts';

/** `versionOf`: which version answers or scores after the change. Warns where its scores can't be proven later. */
export async function putToWorkHere<Result>(
  { output }: Pick<CommandCall, 'output'>,
  { app, database }: Pick<RegistryCall, 'app' | 'database'>,
  change: WorkChange<Result>,
  versionOf: (done: Result) => VersionKey,
): Promise<Result> {
  const { putToWork } = await import('../serving/deployments/put-to-work.ts');
  const { openVersion } = await import('../registry/open-version.ts');
  const { versionName } = await import('../registry/model-version.ts');
  const { replayRemark } = await import('../registry/replay-remark.ts');
  const { done, version, model } = await putToWork(
    { database, open: (one) => openVersion(app.artifacts(), one, app.catalogue) },
    change,
    versionOf,
  );
  const remark = replayRemark(model.manifest.contract);
  if (remark) output.warn(`${versionName(version)}: ${remark}`);
  return done;
}
