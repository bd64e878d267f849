/** Starts `run-job-server.ts`, kills it at any moment, and cleans up what is left of it. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface KillableServer extends AsyncDisposable {
  readonly url: string;
  /** kill -9, as a crash would. */
  kill(): Promise<void>;
  /** Processes of jobs that it has begun and that live. */
  jobProcesses(): readonly number[];
}

const script = fileURLToPath(new URL('./run-job-server.ts', import.meta.url));

export async function startKillable(
  folder: string,
  databaseUrl: string | undefined,
  mostRunning = 0,
): Promise<KillableServer> {
  const child = spawn(process.execPath, [script, folder, databaseUrl ?? '', String(mostRunning)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  const [url] = (await Promise.race([once(lines, 'line'), once(child, 'exit')])) as [unknown];
  assert.ok(typeof url === 'string', 'the server did not start');
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  };
  return { url, kill, jobProcesses: () => jobProcessesOf(child.pid!), [Symbol.asyncDispose]: kill };
}

/** Of Linux alone: the processes that a process has begun. */
export const jobProcessesOf = (pid: NonNullable<ChildProcess['pid']>): readonly number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .trim()
    .split(' ')
    .filter((text) => text !== '')
    .map(Number)
    .filter((one) => isJobProcess(one));

function isJobProcess(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('job-process');
  } catch {
    return false;
  }
}
