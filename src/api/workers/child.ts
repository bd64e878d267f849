/** A process that the supervisor has started, and how it ends. */
import type { ChildProcess } from 'node:child_process';

/** How a process ended: `exit 1` or `SIGKILL`. */
export const endOf = (process: ChildProcess): Promise<string> =>
  new Promise((resolve) => {
    if (process.exitCode !== null || process.signalCode !== null) resolve(wordsOf(process));
    else process.once('exit', () => resolve(wordsOf(process)));
  });

const wordsOf = ({ exitCode, signalCode }: ChildProcess): string => signalCode ?? `exit ${exitCode}`;

/** Waits for its end, and makes it one when it takes longer than this. */
export async function endWithin(process: ChildProcess, ms: number): Promise<void> {
  const timer = setTimeout(() => process.kill('SIGKILL'), ms);
  await endOf(process);
  clearTimeout(timer);
}

/** A message to a process that may have ended meanwhile. */
export function tell(process: ChildProcess, message: unknown): void {
  if (process.connected) process.send(message as object, () => {});
}

const firstPauseMs = 50;
const longestPauseMs = 5000;

/** How long to wait before the next start: doubling with each that failed. */
export const pauseBefore = (failures: number): number =>
  failures === 0 ? 0 : Math.min(firstPauseMs * 2 ** (failures - 1), longestPauseMs);

/** Who lived this long did not fail at the start. */
export const settledMs = 5000;
