/** The wiring: which adapters stand behind which ports, for commands now and for the API later. */
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { realClock } from './adapters/clock.ts';
import { createThreadMap } from './adapters/threads/thread-map.ts';
import { openWideKernels, wideKernelsFrom } from './adapters/wide-kernels.ts';
import { ParamError } from './base/errors.ts';
import { sha256 } from './base/hash.ts';
import { printable } from './base/text.ts';
import { catalogue as ownCatalogue } from './catalogue.ts';
import { kernelName } from './kernels/kernel-module.ts';
import type { Catalogue } from './learn/catalogue.ts';
import { openWorkspaceRegistry, type WorkspaceRegistry } from './registry/workspace-registry.ts';
import type { ArtifactStore } from './store/artifacts/artifact-store.ts';
import { openArtifacts } from './store/artifacts/open-artifacts.ts';
import type { Database } from './store/database/database.ts';
import { openModelStore } from './store/model-store.ts';
import { openSearchFolder } from './store/search-folder.ts';
import { openWorkspace, type Workspace } from './store/workspace.ts';
import { type Identity, type Progress, silentProgress } from './tasks/ports.ts';
import type { TrainPorts } from './tasks/train.ts';

export interface App extends TrainPorts {
  readonly models: ReturnType<typeof openModelStore>;
  readonly workspace: Workspace;
  /** The workspace's database, opened and migrated when it is first asked for. */
  database(): Promise<Database>;
  /** The same, null where there is none yet: who only looks makes none. */
  databaseIfThere(): Promise<Database | null>;
  /** Where registered model files are kept. */
  artifacts(): ArtifactStore;
  readonly registry: WorkspaceRegistry;
  /** The environment that it was opened with: processes that it starts get the same. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Ends worker threads and closes the database. */
  close(): Promise<void>;
}

export interface AppOptions {
  /** Hears how long work goes on; nobody does unless said. */
  readonly progress?: Progress;
  /** Stops the work with `work.stopped`. */
  readonly signal?: AbortSignal;
  /** Where relative paths and the search for the workspace begin. */
  readonly cwd?: string;
  /** HOLDFAST_HOME, HOLDFAST_THREADS and HOLDFAST_WIDE_KERNELS are read from it. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Other models and steps than Holdfast's own. Without `workerUrl` they are fitted in this thread. */
  readonly catalogue?: Catalogue;
  /** Who acts, as the history names them: a key's id, or `cli:` and the system user. */
  readonly actor?: string;
  /** The module that a worker thread runs: it calls `serveFits` with the same catalogue. */
  readonly workerUrl?: URL;
}

/**
 * What tasks need, wired together: the workspace of `cwd`, the machine's clock, worker threads.
 * Close it when the work is done; idle threads alone don't keep the process alive.
 */
export function openApp(options: AppOptions = {}): App {
  const { progress = silentProgress, signal, cwd = process.cwd(), env = process.env, workerUrl } = options;
  const { catalogue = ownCatalogue, actor = 'library' } = options;
  const workspace = openWorkspace({ cwd, env });
  const allowed = threadsFrom(env.HOLDFAST_THREADS);
  if (wideKernelsFrom(env.HOLDFAST_WIDE_KERNELS)) openWideKernels();
  const threads = createThreadMap({
    // Holdfast's own workers know no other definitions than its own.
    threads: catalogue === ownCatalogue || workerUrl ? allowed : 1,
    clock: realClock,
    catalogue,
    ...(signal ? { signal } : {}),
    ...(workerUrl ? { workerUrl } : {}),
  });
  let opened: Promise<Database> | undefined;
  const database = () =>
    (opened ??= import('./database.ts').then(({ openWholeDatabase }) =>
      openWholeDatabase(workspace.root, env),
    ));
  const databaseIfThere = async () => {
    if (opened || env.HOLDFAST_DATABASE_URL) return database();
    if (!existsSync(workspace.root)) return null;
    const { databaseFile } = await import('./store/database/open-database.ts');
    return existsSync(databaseFile(workspace.root)) ? database() : null;
  };
  const artifacts = () => openArtifacts(workspace, env);
  const registry = openWorkspaceRegistry({
    database,
    databaseIfThere,
    artifacts,
    catalogue,
    clock: realClock,
    actor,
  });
  return {
    workspace,
    env,
    database,
    databaseIfThere,
    artifacts,
    registry,
    catalogue,
    clock: realClock,
    map: threads.map,
    progress,
    ...(signal ? { signal } : {}),
    models: openModelStore(workspace, catalogue, registry),
    searches: openSearchFolder(workspace),
    identity: identity(),
    async close() {
      await threads.close();
      // One that could not be opened has told so where it was asked for.
      await (await opened?.catch(() => undefined))?.close();
    },
  };
}

/** How many threads fits may use: HOLDFAST_THREADS, else one per core. */
function threadsFrom(text: string | undefined): number {
  if (text === undefined || text === '') return availableParallelism();
  const threads = Number(text);
  if (!Number.isInteger(threads) || threads < 1 || threads > 256) {
    throw new ParamError(
      'usage.argument',
      `HOLDFAST_THREADS must be a whole number from 1 to 256, got ${printable(text)}; unset it for one per core`,
      {
        option: 'HOLDFAST_THREADS',
      },
    );
  }
  return threads;
}

function identity(): Identity {
  return {
    newId: randomUUID,
    versions: {
      holdfast: packageVersion(),
      node: process.versions.node,
      // Compiled only by those who learn.
      get kernel() {
        return kernelName();
      },
    },
    lockHash: lockHash(),
    machine: { platform: process.platform, arch: process.arch, cpus: cpus().length },
  };
}

const besideSources = (name: string): URL => new URL(`../${name}`, import.meta.url);

export function packageVersion(): string {
  return (JSON.parse(readFileSync(besideSources('package.json'), 'utf8')) as { version: string }).version;
}

/** SHA-256 of the lock file; null where the package was installed without it. */
function lockHash(): string | null {
  try {
    return sha256(readFileSync(besideSources('package-lock.json')));
  } catch {
    return null;
  }
}
