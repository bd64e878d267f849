/** Wires a running server: models, log, service, routes. Stops whole: what was taken is answered and written. */
import type { App } from '../app.ts';
import { ParamError, UnavailableError } from '../base/errors.ts';
import type { ModelVersion } from '../registry/model-version.ts';
import { openVersion } from '../registry/open-version.ts';
import { replayRemark } from '../registry/replay-remark.ts';
import { asksFourEyes } from '../registry/rules.ts';
import { awaitChampion } from '../serving/await-champion.ts';
import { rememberReplayRemarks } from '../serving/deployments/replay-remarks.ts';
import { earlierModels } from '../serving/earlier-models.ts';
import { eventFeed } from '../serving/events/event-feed.ts';
import { eventSources } from '../serving/events/sources/all.ts';
import { periodsFrom } from '../serving/expiry/periods.ts';
import { watchExpiry } from '../serving/expiry/watch-expiry.ts';
import { databaseLogWriter } from '../serving/log/database-writer.ts';
import type { LogWriter } from '../serving/log/log-writer.ts';
import { socketLogWriter } from '../serving/log/socket-writer.ts';
import { sqliteLogWriter } from '../serving/log/sqlite-writer.ts';
import { rememberHorizons } from '../serving/outcomes/horizons.ts';
import { predictionService } from '../serving/prediction-service.ts';
import { reloadableModels } from '../serving/reloadable-models.ts';
import { openServedModels } from '../serving/served-models.ts';
import type { Database } from '../store/database/database.ts';
import { databaseFile } from '../store/database/open-database.ts';
import { hasKeys } from '../store/keys.ts';
import { doorKeeper } from './door-keeper.ts';
import { jobRunner } from './jobs/job-runner.ts';
import { mostJobsOf } from './jobs/most-jobs.ts';
import { type LogLevel, serverLog } from './log.ts';
import { createMetrics, type MetricsJson } from './metrics/metrics.ts';
import { allRoutes } from './routes/all.ts';
import { buildServer } from './server.ts';
import { defaultRatePerSecond, idleAtLeavingMs, leaveWithinMs, stopWithinMs } from './server-limits.ts';

export interface ServeOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** `champion`, `NAME@champion`, `latest`, a label, an id or a path. */
  readonly model: string;
  readonly durability: 'full' | 'fast';
  /** Requests a second that one key or address may make; 0 for no bound, 5000 by default. */
  readonly ratePerSecond?: number;
  /** How long a connection may be idle during a stop; closed at once by default. */
  readonly idleAtStopMs?: number;
  /** What is written to standard error; nothing by default. */
  readonly logLevel?: LogLevel;
}

export interface RunningServer {
  readonly url: string;
  /** What answers at the start. */
  readonly model: { readonly name: string; readonly label: string };
  /** What a person should know. */
  readonly warnings: readonly string[];
  /** Refuses what is new, answers and writes what is inside. */
  stop(): Promise<void>;
  /** The same where another server takes what is new: whoever is connected is answered once more. */
  leave(): Promise<void>;
  /** Opens the model anew, file or alias; when that fails what answered before goes on and this rejects. */
  reload(): Promise<void>;
  metrics(): Promise<MetricsJson>;
}

/** What a process knows that is one of several. */
export interface WorkerPlace {
  /** From 1. */
  readonly number: number;
  readonly of: number;
  /** Where the process listens that writes the log; null where each writes for itself. */
  readonly writerAddress: string | null;
  /** The metrics of all. */
  gatherMetrics(own: MetricsJson): Promise<readonly MetricsJson[]>;
}

const loopback = new Set(['127.0.0.1', '::1', 'localhost']);

export async function serve(app: App, options: ServeOptions, worker?: WorkerPlace): Promise<RunningServer> {
  const { host, port, model: reference, durability, idleAtStopMs = 0 } = options;
  const mostRunning = mostJobsOf(app.env);
  const periods = periodsFrom(app.env);
  const database = await app.database();
  await refuseOpenDoor(database, host);
  const { models, catalogue, clock } = app;
  const draw = Math.random;
  const fourEyes = asksFourEyes(app.env);
  const ports = { database, models, catalogue, clock, draw, fourEyes, artifacts: app.artifacts() };
  const reloadable = await reloadableModels(() => openServedModels(reference, ports));
  const { served } = reloadable;
  if (reloadable.opened.fellBack && !loopback.has(host)) {
    throw new UnavailableError(
      'serving.no-model',
      `serve: no model is champion, and only on this machine's own address may the newest answer instead; run holdfast models promote latest, or leave out --host`,
      { host },
    );
  }
  const told = serverLog(options.logLevel ?? 'silent', clock);
  const own = worker ? { worker: worker.number } : {};
  const metrics = createMetrics({
    routes: allRoutes.map(({ id }) => id),
    waiting: () => predictions.waiting,
    served,
    ...(worker && { worker: { number: worker.number, gather: worker.gatherMetrics } }),
  });
  const writer = await openLog(database, app.workspace.root, worker);
  const log = metrics.watch(writer);
  const predictions = predictionService({
    ...{ clock, log, durability },
    watch: {
      answered: (...seen) => served.watch?.answered(...seen),
      failed: (...seen) => served.watch?.failed(...seen),
    },
    shadow: () => served.follower?.current?.shadow ?? null,
  });
  const keeper = doorKeeper(database, clock);
  const openModel = (version: ModelVersion) => openVersion(app.artifacts(), version, catalogue);
  const earlierModel = earlierModels({ database, artifacts: app.artifacts(), catalogue, served });
  const horizons = rememberHorizons(earlierModel);
  const replayRemarks = rememberReplayRemarks(earlierModel);
  const events = eventFeed({ database, sources: eventSources });
  const expiry = watchExpiry({
    ...{ database, periods, clock },
    told: (expired) => told.event('expired', { ...expired }),
    failed: (code) => told.trouble('expiry.failed', { code }),
  });
  const jobs = jobRunner({ app, database, log: told, mostRunning });
  const server = buildServer(
    {
      clock,
      database: withWriter(database, writer),
      predictions,
      served,
      openModel,
      earlierModel,
      horizons,
      replayRemarks,
      events,
      jobs,
      metrics,
      keeper,
      routes: allRoutes,
    },
    { log: told, ratePerSecond: shareOf(options.ratePerSecond ?? defaultRatePerSecond, worker) },
  );
  const endAwaiting = awaitChampion({
    database,
    isAwaited: () => reloadable.opened.fellBack,
    appeared: () => reload(),
  });
  const end = async (close: () => Promise<unknown>, again?: 'again'): Promise<void> => {
    endAwaiting();
    served.stop();
    events.stop();
    await Promise.all([close(), jobs.stop(again), expiry.stop()]);
    await predictions.stop();
    await log.close();
    metrics.stop();
    told.event('stopped', own);
    told.close();
  };
  let ending: Promise<void> | undefined;
  let isLeaving = false;
  const stopped = () => server.leave({ refuses: true, idleMs: idleAtStopMs, withinMs: stopWithinMs });
  const stop = (): Promise<void> => {
    // It was to take its time; now it is told to hurry.
    if (isLeaving) void stopped();
    ending ??= end(() => (idleAtStopMs > 0 ? stopped() : server.close()));
    return ending;
  };
  const leave = (): Promise<void> => {
    isLeaving ||= ending === undefined;
    ending ??= end(
      () => server.leave({ refuses: false, idleMs: idleAtLeavingMs, withinMs: leaveWithinMs }),
      'again',
    );
    return ending;
  };
  const reload = async (): Promise<void> => {
    await reloadable.reload();
    const { name, label } = served.live()!;
    told.event('reloaded', { model: name, label });
  };
  try {
    const url = listeningAt(host, await server.listen({ host, port }));
    const { name, label } = served.live()!;
    told.event('started', { url, model: name, label, durability, pid: process.pid, ...own });
    const remark = replayRemark(served.live()!.loaded.manifest.contract);
    const warnings = [
      ...(reloadable.opened.fellBack
        ? [
            `No model is champion yet: the newest that passed answers. Make it one: holdfast models promote latest`,
          ]
        : []),
      ...unapprovedRemark(reloadable.opened.unapproved),
      ...(remark === null ? [] : [remark]),
    ];
    return { url, model: { name, label }, warnings, stop, leave, reload, metrics: metrics.json };
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

/** With SQLite a thread owns the writing connection, or a process where several answer; a database server has its own. */
const openLog = (
  database: Database,
  root: string,
  worker: WorkerPlace | undefined,
): Promise<LogWriter> | LogWriter => {
  if (database.engine !== 'sqlite') return databaseLogWriter(database);
  const address = worker?.writerAddress;
  return address ? socketLogWriter(address) : sqliteLogWriter(databaseFile(root));
};

/** A database answers only with what writes to it: who asks whether the server is ready asks both, the writer by nothing to write. */
const withWriter = (database: Database, writer: LogWriter): Database => ({
  ...database,
  async ping() {
    await database.ping();
    if (database.engine === 'sqlite') await writer.write([]);
  },
});

/** Workers don't count together, so each admits its share. */
const shareOf = (ratePerSecond: number, worker: WorkerPlace | undefined): number =>
  Math.ceil(ratePerSecond / (worker?.of ?? 1));

/** What a person must know who serves a model by its name although the rules ask for another person's approval. */
const unapprovedRemark = (model: string | null): readonly string[] =>
  model === null
    ? []
    : [
        `${model} answers because --model names it: nobody but who registered it has approved it (four eyes). Let another person run holdfast models approve ${model} --note TEXT`,
      ];

/** Of a server on all addresses of the machine Fastify names one; people look for the one that they asked for. */
const listeningAt = (host: string, url: string): string => {
  const all = { '0.0.0.0': '0.0.0.0', '::': '[::]' }[host];
  return all === undefined ? url : `http://${all}:${new URL(url).port}`;
};

export function unreachable(host: string, port: number, cause: unknown): Error {
  const { code = 'unknown' } = cause as NodeJS.ErrnoException;
  return new UnavailableError(
    'serving.address',
    `serve: cannot listen on ${host} port ${port} (${code}); choose another --port, or stop what uses it`,
    { host, port, reason: code },
    { cause },
  );
}
