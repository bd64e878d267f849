/** Opens the application and its registry for one command. */
import type { App } from '../app.ts';
import { NotFoundError } from '../base/errors.ts';
import type { Changing } from '../registry/change.ts';
import type { ModelVersion } from '../registry/model-version.ts';
import type { Database } from '../store/database/database.ts';
import { cliActor } from './actor.ts';
import type { CommandCall } from './command.ts';
import { withApp } from './with-app.ts';

export interface RegistryCall {
  readonly app: App;
  readonly database: Database;
  /** Who changes something, and when. */
  readonly by: Changing;
  /** The version that a person named. */
  find(reference: string): Promise<ModelVersion>;
}

/** For commands that change something: the database is made where there is none. */
export const withRegistry = <Result>(
  call: CommandCall,
  work: (registry: RegistryCall) => Promise<Result>,
): Promise<Result> => withApp(call, async (app) => work(await registryCall(app, await app.database())));

/** For commands that need a model to be there: without a database they say that there is none, and make nothing. */
export const withFilledRegistry = <Result>(
  call: CommandCall,
  work: (registry: RegistryCall) => Promise<Result>,
): Promise<Result> =>
  withApp(call, async (app) => {
    const database = await app.databaseIfThere();
    if (database) return work(await registryCall(app, database));
    throw new NotFoundError(
      'model.not-found',
      'models: the registry of this workspace holds no model yet; run holdfast train, or holdfast models register FILE',
      {},
    );
  });

async function registryCall(app: App, database: Database): Promise<RegistryCall> {
  const { findVersion } = await import('../registry/resolve.ts');
  const { asksFourEyes } = await import('../registry/rules.ts');
  return {
    app,
    database,
    by: { actor: cliActor(), now: app.clock.now(), fourEyes: asksFourEyes(process.env) },
    find: (reference) => findVersion(database, reference),
  };
}
