/** Runs the real command line in a process of its own, in a folder of its own, for tests. */
import { spawn } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Ended {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output read as JSON; throws when it is not one JSON value. */
  json<T = Record<string, unknown>>(): T;
}

export interface Place extends Disposable {
  readonly folder: string;
  path(name: string): string;
  /** `holdfast` with these words, in the folder. */
  run(...words: string[]): Promise<Ended>;
}

const main = fileURLToPath(new URL('../main.ts', import.meta.url));

/** A new folder with its own workspace; `using` removes it. */
export function newPlace(env: Readonly<Record<string, string>> = {}): Place {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'holdfast cli ')));
  return {
    folder,
    path: (name) => join(folder, name),
    run: (...words) => start(words, folder, env),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function start(words: readonly string[], cwd: string, env: Readonly<Record<string, string>>): Promise<Ended> {
  const { HOLDFAST_HOME: _home, ...inherited } = process.env;
  const child = spawn(process.execPath, [main, ...words], {
    cwd,
    env: { ...inherited, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exit) => resolve({ exit, stdout, stderr, json: <T>() => JSON.parse(stdout) as T }));
  });
}
