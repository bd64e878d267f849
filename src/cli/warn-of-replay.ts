/** What a command that puts a version to work says of it beside its own answer. */
import type { App } from '../app.ts';
import type { ModelVersion } from '../registry/model-version.ts';
import type { CommandCall } from './command.ts';

/** Warns where the version's scores can't be proven later. What is wrong with its file is said where it answers. */
export async function warnOfReplay(
  { output }: Pick<CommandCall, 'output'>,
  app: Pick<App, 'artifacts' | 'catalogue'>,
  version: ModelVersion,
): Promise<void> {
  const { openVersion } = await import('../registry/open-version.ts');
  const { versionName } = await import('../registry/model-version.ts');
  const { replayRemark } = await import('../registry/replay-remark.ts');
  const opened = await openVersion(app.artifacts(), version, app.catalogue).catch(() => null);
  const remark = opened && replayRemark(opened.manifest.contract);
  if (remark) output.warn(`${versionName(version)}: ${remark}`);
}
