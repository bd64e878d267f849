/** A server of the comparison as the bench sees it, and how one is started and stopped. */
import { spawn } from 'node:child_process';
import type { Row } from './telco-rows.ts';

/** What is to be compared; started anew for each round. */
export interface Contender {
  readonly name: string;
  /** Where a customer goes, and in which form. */
  readonly path: string;
  bodyOf(row: Row): string;
  /** The probability in an answer. */
  scoreOf(text: string): number;
  /** What the same model says offline, row by row. */
  readonly expected: readonly number[];
  /** How far a served score may be from it: 0 where the same code computes both. */
  readonly tolerance: number;
  /** Rows of its log; null for a server that keeps none. */
  readonly logged: (() => number) | null;
  start(): Promise<RunningContender>;
}

export interface RunningContender {
  readonly port: number;
  readonly pid: number;
  /** From the start of the process to the first 200. */
  readonly coldMs: number;
  stop(): Promise<void>;
}

export interface StartOptions {
  readonly command: string;
  readonly words: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly port: number;
  /** Answers 200 once requests may come. */
  readonly readyPath: string;
}

/** Ends when the server is ready; what it wrote stands in the error when it never is. */
export async function startServer(options: StartOptions): Promise<RunningContender> {
  const { command, words, cwd, env, port, readyPath } = options;
  const startedMs = performance.now();
  const child = spawn(command, words, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let told = '';
  const hear = (part: Buffer): void => {
    told = (told + part.toString()).slice(-4000);
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    const hard = setTimeout(() => child.kill('SIGKILL'), 15_000);
    await ended;
    clearTimeout(hard);
  };
  const patienceMs = 180_000;
  while (!(await isReady(port, readyPath))) {
    if (child.exitCode !== null || performance.now() - startedMs > patienceMs) {
      await stop();
      throw new Error(`${command} ${words.join(' ')}: not ready: ${told}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return { port, pid: child.pid!, coldMs: performance.now() - startedMs, stop };
}

async function isReady(port: number, path: string): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}${path}`);
    await response.arrayBuffer();
    return response.status === 200;
  } catch {
    return false;
  }
}
