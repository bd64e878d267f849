/** The prediction log of the workspace for one command that scores a file. */
import type { App } from '../app.ts';
import { type BatchLog, batchLog } from '../serving/log/batch-log.ts';
import { databaseLogWriter } from '../serving/log/database-writer.ts';
import { sqliteLogWriter } from '../serving/log/sqlite-writer.ts';
import { databaseFile } from '../store/database/open-database.ts';
import type { LoadedModel } from '../tasks/ports.ts';

/** `await using` ends its writing. A server over the same database goes on meanwhile. */
export async function openBatchLog(app: App, model: LoadedModel): Promise<BatchLog & AsyncDisposable> {
  const database = await app.database();
  const writer =
    database.engine === 'sqlite'
      ? await sqliteLogWriter(databaseFile(app.workspace.root))
      : databaseLogWriter(database);
  return { ...batchLog(model, writer, app.clock), [Symbol.asyncDispose]: () => writer.close() };
}
