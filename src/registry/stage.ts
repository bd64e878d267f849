/** Moving versions from stage to stage. */
import { ParamError } from '../base/errors.ts';
import { printable } from '../base/text.ts';
import type { Database } from '../store/database/database.ts';
import { type Change, type Changing, changeRegistry } from './change.ts';
import { refuseUnfit } from './fitness.ts';
import { type ModelVersion, type Stage, stages, type VersionKey } from './model-version.ts';
import { readVersions } from './versions.ts';

/** A word as a stage, whatever its capitals. */
export function stageOf(word: string): Stage {
  const stage = stages.find((one) => one.toLowerCase() === word.toLowerCase());
  if (stage) return stage;
  throw new ParamError(
    'usage.argument',
    `models: a stage is one of ${stages.join(', ')}, got ${printable(word)}`,
    { option: 'stage' },
  );
}

/** Sets a stage; `archiveOthers` archives the versions that have it now. Production is held to the conditions of promoting. */
export function setStage(
  database: Database,
  key: VersionKey,
  stage: Stage,
  by: Changing,
  { archiveOthers = false }: { readonly archiveOthers?: boolean } = {},
): Promise<ModelVersion> {
  return changeRegistry(database, by, async (change) => {
    const version = await change.version(key);
    if (stage === 'Production') refuseUnfit(version, by.fourEyes);
    if (archiveOthers) await archiveStage(change, version, stage);
    await moveToStage(change, version, stage);
    return change.version(key);
  });
}

/** Archives every other version of the name that has a stage. */
export async function archiveStage(change: Change, keep: VersionKey, stage: Stage): Promise<void> {
  for (const other of await readVersions(change.db, { name: keep.name, stage }))
    if (other.version !== keep.version) await moveToStage(change, other, 'Archived');
}

/** Within a change; a version that has the stage already tells nothing. */
export async function moveToStage(change: Change, version: ModelVersion, stage: Stage): Promise<void> {
  if (version.stage === stage) return;
  await change.tell('stage.changed', version, { before: version.stage, after: stage });
  await change.db
    .updateTable('model_version')
    .set({ stage })
    .where('name', '=', version.name)
    .where('version', '=', version.version)
    .execute();
}
