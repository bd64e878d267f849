/** The wiring: which adapters stand behind which ports, for commands now and for the API later. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { realClock } from './adapters/clock.ts';
import { createThreadMap } from './adapters/threads/thread-map.ts';
import { ParamError } from './base/errors.ts';
import { sha256 } from './base/hash.ts';
import { printable } from './base/text.ts';
import { catalogue } from './catalogue.ts';
import { openModelStore } from './store/model-store.ts';
import { openWorkspace } from './store/workspace.ts';
import type { Identity, Progress } from './tasks/ports.ts';
import type { TrainPorts } from './tasks/train.ts';

export interface App extends TrainPorts {
  /** Ends worker threads. */
  close(): Promise<void>;
}

export interface AppOptions {
  readonly progress: Progress;
  readonly signal?: AbortSignal;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

export function openApp({ progress, signal, cwd = process.cwd(), env = process.env }: AppOptions): App {
  const workspace = openWorkspace({ cwd, env });
  const threads = createThreadMap({
    threads: threadsFrom(env.HOLDFAST_THREADS),
    clock: realClock,
    catalogue,
    ...(signal ? { signal } : {}),
  });
  return {
    catalogue,
    clock: realClock,
    map: threads.map,
    progress,
    ...(signal ? { signal } : {}),
    models: openModelStore(workspace, catalogue),
    identity: identity(),
    close: () => threads.close(),
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
    versions: { holdfast: packageVersion(), node: process.versions.node, kernel: null },
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
