/** What stands in the slots of a name, since when, and what was sent back last: for those who look. */

import { type ModelVersion, subjectOf, type VersionKey } from '../../registry/model-version.ts';
import { champion } from '../../registry/names.ts';
import { withRegistry } from '../../registry/tables.ts';
import { getVersion, listVersions } from '../../registry/versions.ts';
import type { Database } from '../../store/database/database.ts';
import type { RecordedEntry } from '../../store/history.ts';
import { byCodeUnit } from '../../table/column.ts';
import { currentDeployment, type Deployment, deploymentSubject } from './deployment.ts';
import { watchActor } from './watch-slots.ts';

export interface DeploymentState {
  /** Of the models. */
  readonly name: string;
  readonly champion: { readonly version: ModelVersion; readonly since: number } | null;
  readonly canary: { readonly version: ModelVersion; readonly share: number } | null;
  readonly shadow: { readonly version: ModelVersion } | null;
  readonly limits: Deployment['limits'];
  /** When canary, shadow or limits were changed last; null for never. */
  readonly changed: { readonly at: number; readonly actor: string; readonly note: string | null } | null;
  readonly lastReturn: Return | null;
}

/** A slot that was sent back by itself. */
export interface Return extends VersionKey {
  readonly at: number;
  readonly what: 'canary' | 'champion';
  readonly why: string;
}

/** Throws `model.not-found` for a name that the registry does not know. */
export async function deploymentState(
  database: Pick<Database, 'db'>,
  name: string,
): Promise<DeploymentState> {
  const { canary, shadow, limits, at, actor, note } = await currentDeployment(database, name);
  const alias = await withRegistry(database.db)
    .selectFrom('model_alias')
    .select(['version', 'set_at'])
    .where('name', '=', name)
    .where('alias', '=', champion)
    .executeTakeFirst();
  // Also where nothing answers: a misspelt name is told from one that is not deployed.
  if (!alias && (await listVersions(database, { name })).length === 0)
    await getVersion(database, { name, version: 1 });
  const version = (number: number) => getVersion(database, { name, version: number });
  const beside = async <Slot extends { readonly version: number }>(slot: Slot | null) =>
    slot === null || slot.version === alias?.version
      ? null
      : { ...slot, version: await version(slot.version) };
  return {
    name,
    champion: alias ? { version: await version(alias.version), since: alias.set_at } : null,
    canary: await beside(canary),
    shadow: await beside(shadow),
    limits,
    changed: at === null || actor === null ? null : { at, actor, note },
    lastReturn: await lastReturn(database, name),
  };
}

/** The names that have a champion, a canary or a shadow, in order. */
export async function listDeployments(database: Pick<Database, 'db'>): Promise<readonly DeploymentState[]> {
  const rows = await withRegistry(database.db)
    .selectFrom('model_alias')
    .select('name')
    .where('alias', '=', champion)
    .execute();
  const names = rows.map(({ name }) => name).sort(byCodeUnit);
  return Promise.all(names.map((name) => deploymentState(database, name)));
}

async function lastReturn({ db }: Pick<Database, 'db'>, name: string): Promise<Return | null> {
  const below = subjectOf({ name, version: 0 }).slice(0, -1);
  const entry = await db
    .selectFrom('history')
    .selectAll()
    .where('actor', '=', watchActor)
    .where((one) =>
      one.or([
        one.and([one('subject', '=', deploymentSubject(name)), one('event', '=', 'deployment.changed')]),
        one.and([
          one('subject', '>=', below),
          one('subject', '<', `${below.slice(0, -1)};`),
          one('event', '=', 'model.rolled-back'),
        ]),
      ]),
    )
    // What it took with it, such as the slot of another, is told after it and without a reason.
    .where('details', 'like', '%sent back by itself%')
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!entry) return null;
  const details = JSON.parse(entry.details) as RecordedEntry['details'];
  const isChampion = entry.event === 'model.rolled-back';
  const canaryBefore = (details.before as { readonly canary?: { readonly version: number } } | null)?.canary;
  return {
    name,
    version: isChampion ? Number(details.before) : (canaryBefore?.version ?? 0),
    at: entry.at,
    what: isChampion ? 'champion' : 'canary',
    why: String(details.note ?? ''),
  };
}
