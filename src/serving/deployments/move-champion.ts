/**
 * Moving the champion where canaries and shadows stand beside it: a version that becomes champion, or stops being it,
 * leaves the slot that it had, so that no later rollback puts it back there unasked.
 */
import type { Transaction } from 'kysely';
import { ConflictError } from '../../base/errors.ts';
import { printable } from '../../base/text.ts';
import { type AliasMove, setAliasWithin } from '../../registry/aliases.ts';
import { type Changing, changeWithin } from '../../registry/change.ts';
import type { VersionKey } from '../../registry/model-version.ts';
import { champion } from '../../registry/names.ts';
import {
  type PromoteOptions,
  type Promotion,
  promoteWithin,
  type Rollback,
  type RollbackOptions,
  rollbackWithin,
} from '../../registry/promote.ts';
import type { Database } from '../../store/database/database.ts';
import type { StoreTables } from '../../store/database/tables.ts';
import { changeDeploymentWithin, currentDeployment } from './deployment.ts';

/** As `promote` of the registry; from now on this version answers, and in no other slot. */
export async function promoteChampionWithin(
  transaction: Transaction<StoreTables>,
  key: VersionKey,
  by: Changing,
  options: PromoteOptions = {},
): Promise<Promotion> {
  const done = await promoteWithin(changeWithin(transaction, by), key, options);
  await leaveSlots(transaction, key.name, [done.before, done.version.version], by);
  return done;
}

/** Makes the canary of a name its champion; `deployment.empty` where there is none. */
export async function promoteCanaryWithin(
  transaction: Transaction<StoreTables>,
  name: string,
  by: Changing,
  options: PromoteOptions = {},
): Promise<Promotion> {
  const { canary } = await currentDeployment({ db: transaction }, name);
  if (!canary) throw noCanary(name);
  return promoteChampionWithin(transaction, { name, version: canary.version }, by, options);
}

/** As `setAlias` of the registry for `champion`: the stage stays what it is, the slots are left as by promoting. */
export async function aliasChampionWithin(
  transaction: Transaction<StoreTables>,
  key: VersionKey,
  by: Changing,
): Promise<AliasMove> {
  const done = await setAliasWithin(changeWithin(transaction, by), key, champion);
  await leaveSlots(transaction, key.name, [done.before, done.version.version], by);
  return done;
}

/** As `rollback` of the registry; the slots are left as by promoting. */
export async function rollBackChampionWithin(
  transaction: Transaction<StoreTables>,
  name: string,
  by: Changing,
  options: RollbackOptions = {},
): Promise<Rollback> {
  const done = await rollbackWithin(changeWithin(transaction, by), name, options);
  await leaveSlots(transaction, name, [done.before, done.version.version], by);
  return done;
}

/** By itself and at once: nobody is asked, and a model that can't be opened is told by who can't follow. */
export const rollBackChampion = (
  database: Database,
  name: string,
  by: Changing,
  options: RollbackOptions = {},
): Promise<Rollback> =>
  database.transaction((transaction) => rollBackChampionWithin(transaction, name, by, options));

export const noCanary = (name: string): Error =>
  new ConflictError(
    'deployment.empty',
    `${printable(name)}: it has no canary; start one with holdfast deployments canary`,
    { model: printable(name) },
  );

async function leaveSlots(
  transaction: Transaction<StoreTables>,
  name: string,
  versions: readonly (number | null)[],
  by: Changing,
): Promise<void> {
  const { canary, shadow } = await currentDeployment({ db: transaction }, name);
  const ended = {
    ...(canary && versions.includes(canary.version) && { canary: null }),
    ...(shadow && versions.includes(shadow.version) && { shadow: null }),
  };
  if (Object.keys(ended).length > 0)
    await changeDeploymentWithin(transaction, name, { ...ended, note: 'the champion moved' }, by);
}
