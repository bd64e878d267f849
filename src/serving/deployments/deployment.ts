/**
 * Who answers: the champion of a name, and beside it at most one canary (a share of the customers) and one shadow
 * (scored and logged, never answered). The champion is the registry's; canary and shadow are kept here.
 */
import type { Transaction } from 'kysely';
import { ConflictError, ParamError } from '../../base/errors.ts';
import { canonicalJson, type Plain } from '../../base/plain.ts';
import { printable } from '../../base/text.ts';
import { aliasedVersion } from '../../registry/aliases.ts';
import { type Change, type Changing, changeWithin } from '../../registry/change.ts';
import { unfitness } from '../../registry/fitness.ts';
import { type ModelVersion, versionName } from '../../registry/model-version.ts';
import { champion } from '../../registry/names.ts';
import { checkNote } from '../../registry/texts.ts';
import type { Database } from '../../store/database/database.ts';
import type { StoreTables } from '../../store/database/tables.ts';
import { appendHistory } from '../../store/history.ts';
import { type WatchLimits, watchLimits } from './judge-slot.ts';
import { withDeployments, withinDeployments } from './tables.ts';

export interface Canary {
  readonly version: number;
  /** Of the customers, above 0 and below 1. */
  readonly share: number;
}

export interface Deployment {
  /** Of the models. */
  readonly name: string;
  /** Ascends with each change; 0 before the first. */
  readonly seq: number;
  readonly canary: Canary | null;
  readonly shadow: { readonly version: number } | null;
  /** When a new slot is sent back. */
  readonly limits: WatchLimits;
  readonly at: number | null;
  readonly actor: string | null;
  readonly note: string | null;
}

export interface DeploymentChange {
  /** `null` ends it; left out keeps what is there. */
  readonly canary?: Canary | null;
  readonly shadow?: { readonly version: number } | null;
  /** Those that are left out stay. */
  readonly limits?: Partial<WatchLimits>;
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
 * Changes canary and shadow of a name; what is in force already changes and tells nothing. With `expected`, only if
 * that is still in force: two processes that see the same fault end a canary once. Throws `model.not-found` for an
 * unknown version, `registry.refused` for a canary that may not answer, `deployment.empty` and
 * `deployment.is-champion` where the champion is in the way, `store.conflict` when something else is in force.
 */
export const changeDeployment = (
  database: Database,
  name: string,
  change: DeploymentChange,
  by: Changing,
  expected?: number,
): Promise<Deployment> =>
  database.transaction((transaction) => changeDeploymentWithin(transaction, name, change, by, expected));

/** The same as part of a larger change. */
export async function changeDeploymentWithin(
  transaction: Transaction<StoreTables>,
  name: string,
  change: DeploymentChange,
  by: Changing,
  expected?: number,
): Promise<Deployment> {
  const before = await currentDeployment({ db: transaction }, name);
  if (expected !== undefined && before.seq !== expected) throw changedMeanwhile(name);
  const { canary = before.canary, shadow = before.shadow } = change;
  const limits = checkedLimits({ ...before.limits, ...change.limits });
  const note = change.note === undefined ? null : checkNote(change.note, 'a change');
  const wanted = { canary, shadow, limits };
  if (isEqual(wanted, slotsOf(before))) return before;
  const registry = changeWithin(transaction, by);
  if (canary && !isEqual(canary, before.canary)) await checkCanary(registry, name, canary);
  if (shadow && !isEqual(shadow, before.shadow)) await besideChampion(registry, name, shadow.version);
  await withinDeployments(transaction)
    .insertInto('deployment')
    .values({
      name,
      at: by.now,
      actor: by.actor,
      canary_version: canary?.version ?? null,
      canary_share: canary?.share ?? null,
      shadow_version: shadow?.version ?? null,
      limits: JSON.stringify(limits),
      note,
    })
    .execute();
  await appendHistory(transaction, {
    at: by.now,
    actor: by.actor,
    event: 'deployment.changed',
    subject: deploymentSubject(name),
    details: { ...told(wanted, before), before: told(before, wanted), note },
  });
  return currentDeployment({ db: transaction }, name);
}

/** How the history names it. */
export const deploymentSubject = (name: string): string => `deployment:${name}`;

export const changedMeanwhile = (name: string): Error =>
  new ConflictError(
    'store.conflict',
    `deployments: ${printable(name)} was changed meanwhile; look at what is in force now`,
    { model: printable(name) },
  );

/** What servers could not read would stop them from following. */
function checkedLimits(limits: WatchLimits): WatchLimits {
  const { success, data, error } = watchLimits.safeParse(limits);
  if (success) return data;
  const { path, message } = error.issues[0]!;
  throw new ParamError(
    'usage.argument',
    `deployments: limit ${path.map(String).join('.')}: ${message}; see docs/how-to/deployments.md`,
    { option: path.map(String).join('.') },
  );
}

type Slots = Pick<Deployment, 'canary' | 'shadow' | 'limits'>;

const slotsOf = ({ canary, shadow, limits }: Deployment): Slots => ({ canary, shadow, limits });

const isEqual = (a: unknown, b: unknown): boolean => canonicalJson(a as Plain) === canonicalJson(b as Plain);

/** Limits only where they changed: they are the same for years. */
const told = ({ canary, shadow, limits }: Slots, other: Slots): { readonly [name: string]: Plain } =>
  ({ canary, shadow, ...(isEqual(limits, other.limits) ? {} : { limits }) }) as {
    readonly [name: string]: Plain;
  };

async function checkCanary(
  registry: Change,
  name: string,
  { version: number, share }: Canary,
): Promise<void> {
  if (!(share > 0 && share < 1)) {
    throw new ParamError(
      'usage.argument',
      `deployments: the weight of a canary must be above 0 and below 1, got ${share}; promote it to answer everybody`,
      { option: 'weight' },
    );
  }
  const version = await besideChampion(registry, name, number);
  const against = unfitness(version, registry.by.fourEyes);
  if (against.length === 0) return;
  const next = against.some(({ reason }) => reason === 'approval')
    ? `let another person run holdfast models approve ${versionName(version)} --note TEXT`
    : 'run it as a shadow, or promote it with --force and a note';
  throw new ConflictError(
    'registry.refused',
    `${versionName(version)}: may not answer as a canary: ${against.map(({ sentence }) => sentence).join(', and ')}; ${next}`,
    { model: name, version: number, reasons: against.map(({ reason }) => reason) },
  );
}

/** The version, if it can stand beside the champion of its name. */
async function besideChampion(registry: Change, name: string, number: number): Promise<ModelVersion> {
  const version = await registry.version({ name, version: number });
  const now = await aliasedVersion(registry, name, champion);
  if (now === null) {
    throw new ConflictError(
      'deployment.empty',
      `${printable(name)}: it has no champion that ${versionName(version)} could stand beside; run holdfast models promote first`,
      { model: printable(name) },
    );
  }
  if (now === number) {
    throw new ConflictError(
      'deployment.is-champion',
      `${versionName(version)}: it is the champion and answers already; name another version`,
      { model: name, version: number },
    );
  }
  return version;
}
