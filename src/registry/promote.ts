/** Putting a version to work, and going back to the one before. */
import { ConflictError } from '../base/errors.ts';
import { printable } from '../base/text.ts';
import type { Database } from '../store/database/database.ts';
import { aliasedVersion, pointAlias } from './aliases.ts';
import { type Change, type Changing, changeRegistry } from './change.ts';
import { refuseUnfit, unfitness } from './fitness.ts';
import { earlierOf } from './live-at.ts';
import type { ModelVersion, VersionKey } from './model-version.ts';
import { champion } from './names.ts';
import { archiveStage, moveToStage } from './stage.ts';
import { checkNote } from './texts.ts';

export interface Promotion {
  readonly version: ModelVersion;
  /** Which version answered before; null for none. */
  readonly before: number | null;
  /** It was promoted against its gate. */
  readonly forced: boolean;
}

export interface PromoteOptions {
  /** Passes over a refused gate; needs a note. */
  readonly force?: boolean;
  readonly note?: string;
}

/**
 * Makes a version the champion of its name, in Production; who was there before is archived. Promoting the
 * champion again changes nothing. Throws `registry.refused` where it may not answer.
 */
export const promote = (
  database: Database,
  key: VersionKey,
  by: Changing,
  options: PromoteOptions = {},
): Promise<Promotion> => changeRegistry(database, by, (change) => promoteWithin(change, key, options));

/** The same as part of a larger change. */
export async function promoteWithin(
  change: Change,
  key: VersionKey,
  { force = false, note }: PromoteOptions = {},
): Promise<Promotion> {
  const why = force || note !== undefined ? checkNote(note, 'promoting with --force') : null;
  const { fourEyes } = change.by;
  const version = await change.version(key);
  refuseUnfit(version, fourEyes, force);
  const forced = unfitness(version, fourEyes).length > 0;
  const before = await aliasedVersion(change, version.name, champion);
  if (before === version.version && version.stage === 'Production') return { version, before, forced: false };
  await change.tell('model.promoted', version, { before, forced, note: why });
  await pointAlias(change, version, champion, 'alias.set');
  await archiveStage(change, version, 'Production');
  await moveToStage(change, version, 'Production');
  return { version: await change.version(key), before, forced };
}

export interface Rollback {
  readonly version: ModelVersion;
  /** Which version answered until now. */
  readonly before: number;
}

export interface RollbackOptions {
  readonly note?: string;
  /** The version to be left: only while it is champion, so that two who see the same fault go back once. */
  readonly from?: number;
}

/**
 * Makes the version champion that was it before the present one, as the history tells; a second rollback goes
 * one further back. What was good enough then isn't judged again: going back must always work.
 */
export const rollback = (
  database: Database,
  name: string,
  by: Changing,
  options: RollbackOptions = {},
): Promise<Rollback> => changeRegistry(database, by, (change) => rollbackWithin(change, name, options));

/** The same as part of a larger change. */
export async function rollbackWithin(
  change: Change,
  name: string,
  { note, from: left }: RollbackOptions = {},
): Promise<Rollback> {
  const why = note === undefined ? null : checkNote(note, 'a rollback');
  const now = await aliasedVersion(change, name, champion);
  if (left !== undefined && now !== null && now !== left) {
    throw new ConflictError(
      'store.conflict',
      `${printable(name)}: version ${left} is not its champion, version ${now} is; nothing was changed`,
      { model: printable(name) },
    );
  }
  const earlier = earlierOf(await change.historyOf(name), champion);
  if (now === null || earlier === null) {
    throw new ConflictError(
      'registry.nothing-before',
      `${printable(name)}: ${now === null ? 'it has no champion' : 'no other version was champion before'}, so there is nothing to go back to; use holdfast models promote`,
      { model: printable(name) },
    );
  }
  const from = await change.version({ name, version: now });
  const to = await change.version({ name, version: earlier });
  await change.tell('model.rolled-back', to, { before: now, note: why });
  await pointAlias(change, to, champion, 'alias.rolled-back');
  await moveToStage(change, from, 'Archived');
  await moveToStage(change, to, 'Production');
  return { version: await change.version(to), before: now };
}
