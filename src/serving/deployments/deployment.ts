/**
 * Who answers: the champion of a name, and beside it at most one canary (a share of the customers) and one shadow
 * (scored and logged, never answered). The champion is the registry's; canary and shadow are kept here.
 */
import { ConflictError, ParamError } from '../../base/errors.ts';
import type { Plain } from '../../base/plain.ts';
import { printable } from '../../base/text.ts';
import { versionName } from '../../registry/model-version.ts';
import { getVersion } from '../../registry/versions.ts';
import type { Database } from '../../store/database/database.ts';
import { appendHistory } from '../../store/history.ts';
import type { Acting } from '../../store/keys.ts';
import { type WatchLimits, watchLimits } from './judge-slot.ts';
import { withDeployments, withinDeployments } from './tables.ts';

export interface Deployment {
  /** Of the models. */
  readonly name: string;
  /** Ascends with each change; 0 before the first. */
  readonly seq: number;
  readonly canary: { readonly version: number; readonly share: number } | null;
  readonly shadow: { readonly version: number } | null;
  /** When a new slot is sent back. */
  readonly limits: WatchLimits;
  readonly at: number | null;
  readonly actor: string | null;
  readonly note: string | null;
}

export interface DeploymentChange {
  /** `null` ends it; left out keeps what is there. */
  readonly canary?: { readonly version: number; readonly share: number } | null;
  readonly shadow?: { readonly version: number } | null;
  readonly limits?: WatchLimits;
  readonly note?: string;
}

/** What is in force for a name; without any change yet, the champion alone. */
export async function currentDeployment({ db }: Pick<Database, 'db'>, name: string): Promise<Deployment> {
  const row = await withDeployments(db)
    .selectFrom('deployment')
    .selectAll()
    .where('name', '=', name)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return {
    name,
    seq: row?.seq ?? 0,
    canary:
      row?.canary_version == null || row.canary_share == null
        ? null
        : { version: row.canary_version, share: row.canary_share },
    shadow: row?.shadow_version == null ? null : { version: row.shadow_version },
    limits: row ? watchLimits.parse(JSON.parse(row.limits)) : watchLimits.parse({}),
    at: row?.at ?? null,
    actor: row?.actor ?? null,
    note: row?.note ?? null,
  };
}

/**
 * Changes canary and shadow of a name. With `expected`, only if that is still in force: two processes that see the
 * same fault end a canary once. Throws `model.not-found` for an unknown version, `registry.refused` for a canary
 * whose gate said no, `store.conflict` when something else is in force.
 */
export async function changeDeployment(
  database: Database,
  name: string,
  change: DeploymentChange,
  { actor, now }: Acting,
  expected?: number,
): Promise<Deployment> {
  await checkChange(database, name, change);
  return database.transaction(async (db) => {
    const before = await currentDeployment({ db }, name);
    if (expected !== undefined && before.seq !== expected) {
      throw new ConflictError(
        'store.conflict',
        `deployments: ${printable(name)} was changed meanwhile; look at what is in force now`,
        { model: printable(name) },
      );
    }
    const { canary = before.canary, shadow = before.shadow, limits = before.limits, note = null } = change;
    await withinDeployments(db)
      .insertInto('deployment')
      .values({
        name,
        at: now,
        actor,
        canary_version: canary?.version ?? null,
        canary_share: canary?.share ?? null,
        shadow_version: shadow?.version ?? null,
        limits: JSON.stringify(limits),
        note,
      })
      .execute();
    const told = { canary, shadow } as { readonly [key: string]: Plain };
    await appendHistory(db, {
      at: now,
      actor,
      event: 'deployment.changed',
      subject: `deployment:${name}`,
      details: { ...told, before: { canary: before.canary, shadow: before.shadow } as Plain, note },
    });
    return currentDeployment({ db }, name);
  });
}

async function checkChange(
  database: Database,
  name: string,
  { canary, shadow }: DeploymentChange,
): Promise<void> {
  if (canary && !(canary.share > 0 && canary.share < 1)) {
    throw new ParamError(
      'usage.argument',
      `deployments: the canary's share must be above 0 and below 1, got ${canary.share}; promote it to answer everybody`,
      { option: 'share' },
    );
  }
  if (shadow) await getVersion(database, { name, version: shadow.version });
  if (!canary) return;
  const version = await getVersion(database, { name, version: canary.version });
  if (!version.passed) {
    throw new ConflictError(
      'registry.refused',
      `${versionName(version)}: its gate refused it, so it may answer nobody; run it as a shadow, or promote it with --force and a note`,
      { model: name, version: version.version },
    );
  }
}
