/**
 * A version is put to work only where its model opens: a canary or champion whose file is missing or damaged would be
 * acknowledged here and followed by nobody.
 *
 * The change is rehearsed in a transaction that is rolled back, which tells which version it is about and every other
 * refusal; then the model is opened, where no transaction waits for the disk; then the change is made, and only if it
 * is still about that version. Cost: one load of the model file, and the change twice.
 */
import type { Transaction } from 'kysely';
import { ConflictError, HoldfastError } from '../../base/errors.ts';
import { type ModelVersion, type VersionKey, versionName } from '../../registry/model-version.ts';
import { getVersion } from '../../registry/versions.ts';
import type { Database } from '../../store/database/database.ts';
import type { StoreTables } from '../../store/database/tables.ts';
import { changedMeanwhile } from './deployment.ts';

export interface PutToWorkPorts<Model> {
  readonly database: Database;
  /** With every check that loading has. */
  open(version: ModelVersion): Promise<Model>;
}

/** What is to be done, within a transaction; it is carried out more than once. */
export type WorkChange<Result> = (transaction: Transaction<StoreTables>) => Promise<Result>;

export interface PutToWork<Result, Model> {
  readonly done: Result;
  readonly version: ModelVersion;
  readonly model: Model;
}

/**
 * `versionOf`: which version answers or scores after the change. Throws `deployment.unusable` where its model can't be
 * opened, `store.conflict` where the change came to be about another version meanwhile; then nothing is changed.
 */
export async function putToWork<Result, Model>(
  { database, open }: PutToWorkPorts<Model>,
  change: WorkChange<Result>,
  versionOf: (done: Result) => VersionKey,
): Promise<PutToWork<Result, Model>> {
  const version = await getVersion(database, versionOf(await rehearse(database, change)));
  const model = await opened(version, open);
  const done = await database.transaction(async (transaction) => {
    const result = await change(transaction);
    if (versionOf(result).version !== version.version) throw changedMeanwhile(version.name);
    return result;
  });
  return { done, version, model };
}

/** What a change would give. */
async function rehearse<Result>(database: Database, change: WorkChange<Result>): Promise<Result> {
  const rolledBack = new Error('rehearsed');
  let result: { readonly given: Result } | undefined;
  try {
    await database.transaction(async (transaction) => {
      result = { given: await change(transaction) };
      throw rolledBack;
    });
  } catch (error) {
    if (error !== rolledBack) throw error;
  }
  return result!.given;
}

async function opened<Model>(version: ModelVersion, open: PutToWorkPorts<Model>['open']): Promise<Model> {
  try {
    return await open(version);
  } catch (cause) {
    // A store that is away says nothing of the model.
    if (!(cause instanceof HoldfastError) || cause.kind === 'UnavailableError') throw cause;
    throw new ConflictError(
      'deployment.unusable',
      `${versionName(version)}: its model cannot be opened (${cause.code}), so it cannot answer and nothing was changed; restore a backup, register its file again, or name another version`,
      { model: version.name, version: version.version, reason: cause.code },
      { cause },
    );
  }
}
