/** Wires a running server: model, log, service, routes. Stops whole: what was taken is answered and written. */
import type { App } from '../app.ts';
import { UnavailableError } from '../base/errors.ts';
import { liveModel } from '../serving/live-model.ts';
import { databaseLogWriter } from '../serving/log/database-writer.ts';
import type { LogWriter } from '../serving/log/log-writer.ts';
import { sqliteLogWriter } from '../serving/log/sqlite-writer.ts';
import { predictionService } from '../serving/prediction-service.ts';
import type { Database } from '../store/database/database.ts';
import { databaseFile } from '../store/database/open-database.ts';
import { allRoutes } from './routes/all.ts';
import { buildServer } from './server.ts';

export interface ServeOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** `latest`, a label, an id or a path. */
  readonly model: string;
  readonly durability: 'full' | 'fast';
}

export interface RunningServer {
  readonly url: string;
  readonly model: { readonly name: string; readonly label: string };
  stop(): Promise<void>;
}

export async function serve(app: App, options: ServeOptions): Promise<RunningServer> {
  const { host, port, model: reference, durability } = options;
  const database = await app.database();
  const model = liveModel(await app.models.load(reference), null, app.catalogue);
  const log = await openLog(database, app.workspace.root);
  const predictions = predictionService({ clock: app.clock, log, durability });
  const place = { model, slot: 'live' };
  const server = buildServer({ clock: app.clock, database, predictions, placeFor: () => place }, allRoutes);
  try {
    const url = await server.listen({ host, port });
    return {
      url,
      model: { name: model.name, label: model.label },
      async stop() {
        await server.close();
        await predictions.stop();
        await log.close();
      },
    };
  } catch (cause) {
    await log.close();
    throw unreachable(host, port, cause);
  }
}

/** With SQLite a thread owns the writing connection; a server has its own. */
const openLog = (database: Database, root: string): Promise<LogWriter> | LogWriter =>
  database.engine === 'sqlite' ? sqliteLogWriter(databaseFile(root)) : databaseLogWriter(database);

function unreachable(host: string, port: number, cause: unknown): Error {
  const { code = 'unknown' } = cause as NodeJS.ErrnoException;
  return new UnavailableError(
    'serving.address',
    `serve: cannot listen on ${host} port ${port} (${code}); choose another --port, or stop what uses it`,
    { host, port, reason: code },
    { cause },
  );
}
