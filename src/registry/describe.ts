/** Words about a version: its description and tags. */
import { plainEqual } from '../base/plain.ts';
import type { Database } from '../store/database/database.ts';
import { type Change, type Changing, changeRegistry } from './change.ts';
import type { ModelVersion, VersionKey } from './model-version.ts';
import { checkDescription, checkTag } from './texts.ts';

export interface Description {
  /** Left as it is when undefined; null takes it away. */
  readonly description?: string | null;
  /** Tags to set; null takes one away; others stay. */
  readonly tags?: Readonly<Record<string, string | null>>;
}

export async function describeVersion(
  database: Database,
  key: VersionKey,
  wanted: Description,
  by: Changing,
): Promise<ModelVersion> {
  checkDescriptionAndTags(wanted);
  return changeRegistry(database, by, (change) => describeWithin(change, key, wanted));
}

/** Throws `usage.argument` for what is too long or no text. */
export function checkDescriptionAndTags({ description, tags = {} }: Description): void {
  if (typeof description === 'string') checkDescription(description);
  for (const [name, value] of Object.entries(tags)) checkTag(name, value ?? '');
}

/** The same as part of a larger change, of words that were checked. */
export async function describeWithin(
  change: Change,
  key: VersionKey,
  wanted: Description,
): Promise<ModelVersion> {
  const version = await change.version(key);
  const description = wanted.description === undefined ? version.description : wanted.description;
  const tags = Object.fromEntries(
    Object.entries({ ...version.tags, ...wanted.tags }).filter(
      (tag): tag is [string, string] => tag[1] !== null,
    ),
  );
  const before = { description: version.description, tags: version.tags };
  const after = { description, tags };
  if (plainEqual(before, after)) return version;
  await change.tell('model.described', version, { before, after });
  await change.db
    .updateTable('model_version')
    .set({ description, tags: JSON.stringify(tags) })
    .where('name', '=', version.name)
    .where('version', '=', version.version)
    .execute();
  return change.version(key);
}
