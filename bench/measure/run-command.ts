/** Runs a command of Holdfast in a process of its own and tells what it took, all threads counted. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface Measured {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  readonly peakGb: number;
}

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const mark = 'measured: ';
const atExit = `
import { isMainThread } from 'node:worker_threads';
import { writeSync } from 'node:fs';
if (isMainThread) process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  writeSync(2, '\\n${mark}' + (userCPUTime + systemCPUTime) / 1e6 + ' ' + maxRSS / 2 ** 20 + '\\n');
});`;

/** `threads` is how many may fit models; by default one a core. */
export async function runCommand(cwd: string, words: readonly string[], threads?: number): Promise<Measured> {
  const started = performance.now();
  const env = { ...process.env, ...(threads !== undefined && { HOLDFAST_THREADS: String(threads) }) };
  const importing = ['--import', `data:text/javascript,${encodeURIComponent(atExit)}`];
  const child = spawn(process.execPath, [...importing, main, ...words], { cwd, env });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (text) => {
    stdout += text;
  });
  child.stderr.on('data', (text) => {
    stderr += text;
  });
  const exit = await new Promise<number | null>((resolve) => child.on('close', resolve));
  const [cpuSeconds, peakGb] = stderr
    .slice(stderr.lastIndexOf(mark) + mark.length)
    .split(' ')
    .map(Number);
  return {
    exit,
    stdout,
    stderr,
    cpuSeconds: cpuSeconds!,
    wallSeconds: (performance.now() - started) / 1000,
    peakGb: peakGb!,
  };
}
