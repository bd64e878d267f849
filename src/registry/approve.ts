/** A person says that a version may answer, and why. */
import { ConflictError } from '../base/errors.ts';
import type { Database } from '../store/database/database.ts';
import { type Changing, changeRegistry } from './change.ts';
import { type ModelVersion, type VersionKey, versionName } from './model-version.ts';
import { checkNote } from './texts.ts';

/**
 * Adds an approval; doors let only keys with the scope `approve` come here. Where four eyes are asked for, who
 * registered a version can't approve it: `registry.refused`. Who has approved it already changes nothing: the approval
 * that counts is the first, with the note of then.
 */
export async function approve(
  database: Database,
  key: VersionKey,
  note: string | undefined,
  by: Changing,
): Promise<ModelVersion> {
  const why = checkNote(note, 'an approval');
  return changeRegistry(database, by, async (change) => {
    const version = await change.version(key);
    if ((version.fourEyes || by.fourEyes) && version.registeredBy === by.actor) {
      throw new ConflictError(
        'registry.refused',
        `${versionName(version)}: ${by.actor} registered it and may not approve it too (four eyes); ask another person`,
        { model: version.name, version: version.version, reasons: ['own-work'] },
      );
    }
    if (version.approvals.some(({ actor }) => actor === by.actor)) return version;
    await change.tell('model.approved', version, { note: why });
    await change.db
      .insertInto('model_approval')
      .values({ name: version.name, version: version.version, actor: by.actor, at: by.now, note: why })
      .execute();
    return change.version(key);
  });
}
