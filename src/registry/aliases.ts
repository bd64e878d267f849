/** Names that point at a version and can be moved: `champion`, `challenger`, any other. */
import { NotFoundError } from '../base/errors.ts';
import { printable } from '../base/text.ts';
import type { Database } from '../store/database/database.ts';
import { type Change, type Changing, changeRegistry } from './change.ts';
import { refuseUnfit } from './fitness.ts';
import type { ModelVersion, VersionKey } from './model-version.ts';
import { champion, checkAlias } from './names.ts';

export interface AliasMove {
  readonly version: ModelVersion;
  /** Which version had it before; null for none. */
  readonly before: number | null;
}

/** Points an alias at a version, taking it from another. `champion` is held to the same conditions as promoting. */
export const setAlias = (
  database: Database,
  key: VersionKey,
  alias: string,
  by: Changing,
): Promise<AliasMove> => changeRegistry(database, by, (change) => setAliasWithin(change, key, alias));

/** The same as part of a larger change. */
export async function setAliasWithin(change: Change, key: VersionKey, alias: string): Promise<AliasMove> {
  checkAlias(alias);
  const version = await change.version(key);
  if (alias === champion) refuseUnfit(version, change.by.fourEyes);
  const before = await pointAlias(change, version, alias, 'alias.set');
  return { version: await change.version(key), before };
}

/** Takes an alias away; gives the version it pointed at. */
export async function removeAlias(
  database: Database,
  name: string,
  alias: string,
  by: Changing,
): Promise<VersionKey> {
  checkAlias(alias);
  return changeRegistry(database, by, async (change) => {
    const version = await aliasedVersion(change, name, alias);
    if (version === null) {
      throw new NotFoundError(
        'model.not-found',
        `${printable(name)}@${alias}: no version has this alias; see holdfast models list`,
        { model: printable(name), alias },
      );
    }
    await change.tell('alias.removed', { name, version }, { alias, before: version });
    await change.db.deleteFrom('model_alias').where('name', '=', name).where('alias', '=', alias).execute();
    return { name, version };
  });
}

/** Where an alias points now; null for nowhere. */
export async function aliasedVersion(
  { db }: Pick<Change, 'db'>,
  name: string,
  alias: string,
): Promise<number | null> {
  const row = await db
    .selectFrom('model_alias')
    .select('version')
    .where('name', '=', name)
    .where('alias', '=', alias)
    .executeTakeFirst();
  return row?.version ?? null;
}

/** Moves an alias within a change and tells it; one that points there already stays and tells nothing. */
export async function pointAlias(
  change: Change,
  { name, version }: VersionKey,
  alias: string,
  event: 'alias.set' | 'alias.rolled-back',
): Promise<number | null> {
  const before = await aliasedVersion(change, name, alias);
  if (before === version) return before;
  await change.tell(event, { name, version }, { alias, before });
  const set = { version, set_at: change.by.now };
  await change.db
    .insertInto('model_alias')
    .values({ name, alias, ...set })
    .onConflict((conflict) => conflict.columns(['name', 'alias']).doUpdateSet(set))
    .execute();
  return before;
}
