/** Wires a running server: models, log, service, routes. Stops whole: what was taken is answered and written. */
import type { App } from '../app.ts';
import { ParamError, UnavailableError } from '../base/errors.ts';
import type { ModelVersion } from '../registry/model-version.ts';
import { openVersion } from '../registry/open-version.ts';
import { databaseLogWriter } from '../serving/log/database-writer.ts';
import type { LogWriter } from '../serving/log/log-writer.ts';
import { sqliteLogWriter } from '../serving/log/sqlite-writer.ts';
import { predictionService } from '../serving/prediction-service.ts';
import { openServedModels } from '../serving/served-models.ts';
import type { Database } from '../store/database/database.ts';
import { databaseFile } from '../store/database/open-database.ts';
import { hasKeys } from '../store/keys.ts';
import { doorKeeper } from './door-keeper.ts';
import { type LogLevel, serverLog } from './log.ts';
import { createMetrics } from './metrics/metrics.ts';
import { allRoutes } from './routes/all.ts';
import { buildServer } from './server.ts';

export interface ServeOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** `champion`, `NAME@champion`, `latest`, a label, an id or a path. */
  readonly model: string;
  readonly durability: 'full' | 'fast';
  /** Requests a second that one key or address may make; 0 for no bound, 5000 by default. */
  readonly ratePerSecond?: number;
  /** What is written to standard error; nothing by default. */
  readonly logLevel?: LogLevel;
}

export interface RunningServer {
  readonly url: string;
  /** What answers at the start. */
  readonly model: { readonly name: string; readonly label: string };
  /** What a person should know. */
  readonly warnings: readonly string[];
  stop(): Promise<void>;
}

const loopback = new Set(['127.0.0.1', '::1', 'localhost']);

export async function serve(app: App, options: ServeOptions): Promise<RunningServer> {
  const { host, port, model: reference, durability } = options;
  const database = await app.database();
  await refuseOpenDoor(database, host);
  const { models, catalogue, clock } = app;
  const draw = Math.random;
  const served = await openServedModels(reference, {
    ...{ database, models, catalogue, clock, draw },
    artifacts: app.artifacts(),
  });
  if (served.fellBack && !loopback.has(host)) {
    throw new UnavailableError(
      'serving.no-model',
      `serve: no model is champion, and only on this machine's own address may the newest answer instead; run holdfast models promote latest, or leave out --host`,
      { host },
    );
  }
  const told = serverLog(options.logLevel ?? 'silent', clock);
  const metrics = createMetrics({
    routes: allRoutes.map(({ id }) => id),
    waiting: () => predictions.waiting,
    served,
  });
  const log = metrics.watch(await openLog(database, app.workspace.root));
  const predictions = predictionService({
    ...{ clock, log, durability },
    ...(served.watch && { watch: served.watch }),
    shadow: () => served.follower?.current?.shadow ?? null,
  });
  const keeper = doorKeeper(database, clock);
  const openModel = (version: ModelVersion) => openVersion(app.artifacts(), version, catalogue);
  const server = buildServer(
    { clock, database, predictions, served, openModel, metrics, keeper, routes: allRoutes },
    { log: told, ...(options.ratePerSecond !== undefined && { ratePerSecond: options.ratePerSecond }) },
  );
  const stop = async (): Promise<void> => {
    served.stop();
    await server.close();
    await predictions.stop();
    await log.close();
    metrics.stop();
    told.event('stopped', {});
    told.close();
  };
  try {
    const url = await server.listen({ host, port });
    const { name, label } = served.live()!;
    told.event('started', { url, model: name, label, durability, pid: process.pid });
    const warnings = served.fellBack
      ? [
          `No model is champion yet: the newest that passed answers. Make it one: holdfast models promote latest`,
        ]
      : [];
    return { url, model: { name, label }, warnings, stop };
  } catch (cause) {
    await stop();
    throw unreachable(host, port, cause);
  }
}

/** Without keys anybody who reaches the server could use it. */
async function refuseOpenDoor(database: Database, host: string): Promise<void> {
  if (loopback.has(host) || (await hasKeys(database))) return;
  throw new ParamError(
    'usage.argument',
    `serve: without keys only this machine's own address is allowed, got ${host}; run holdfast keys create NAME --scope score first`,
    { option: 'host' },
  );
}

/** With SQLite a thread owns the writing connection; a database server has its own. */
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
