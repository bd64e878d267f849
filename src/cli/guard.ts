/** What can go wrong outside any command: a closed pipe, a full disk behind standard output, a thrown defect. */
import { exitCode } from '../base/errors.ts';
import { failureOf, failureText } from './failure.ts';

/** The parts of `process` that are watched. */
export interface Guarded {
  readonly stdout: Pick<NodeJS.WriteStream, 'on'>;
  readonly stderr: Pick<NodeJS.WriteStream, 'on' | 'write'>;
  readonly env: Readonly<Record<string, string | undefined>>;
  exitCode?: number | string | null | undefined;
  on(event: 'uncaughtException', listener: (thrown: unknown) => void): unknown;
  on(event: 'exit', listener: () => void): unknown;
  exit(code: number): unknown;
}

/** How a shell counts a program whose reader went away: 128 and the number of SIGPIPE. */
export const readerGone = 141;

/**
 * Watches the process to its end. A reader that has enough (`holdfast ... | head`) is told by nothing but the exit code, as
 * other programs do it, so that a script which asks (`set -o pipefail`) learns that not all was read; what the command
 * writes elsewhere is finished first. Output that can't be written is a failure.
 */
export function guardProcess(watched: Guarded): void {
  // The command may end before or after its output is lost.
  const endWith = (exit: number): void => {
    watched.on('exit', () => {
      if (!watched.exitCode) watched.exitCode = exit;
    });
  };
  watched.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') {
      endWith(readerGone);
      return;
    }
    endWith(exitCode.failed);
    watched.stderr.write(
      `holdfast: standard output: cannot be written (${error.code ?? 'unknown'}); check the free space of where it leads [output.unwritable]\n`,
    );
  });
  // Nobody is left to hear of it.
  watched.stderr.on('error', () => {});
  watched.on('uncaughtException', (thrown) => {
    const failure = failureOf(thrown);
    if (watched.env.HOLDFAST_DEBUG === '1') console.error(thrown);
    watched.stderr.write(`holdfast: ${failureText(failure)}\n`);
    watched.exit(failure.exit);
  });
}
