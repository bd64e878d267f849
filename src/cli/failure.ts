/** The one place where an error becomes words and an exit code. */
import { basename } from 'node:path';
import { type ErrorCode, type ErrorFields, exitCode, HoldfastError } from '../base/errors.ts';
import { printable } from '../base/text.ts';

export interface Failure {
  readonly exit: number;
  readonly code: ErrorCode;
  readonly message: string;
  readonly fields: ErrorFields;
}

/** What the system may refuse at any time, in words. */
const systemReasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full; free some space',
  EDQUOT: 'the disk quota is used up; free some space',
  EACCES: 'permission was refused; change its permissions',
  EPERM: 'permission was refused; change its permissions',
  EROFS: 'the disk is read-only; give another path',
  EIO: 'the disk does not answer; look after it',
  EMFILE: 'too many files are open; raise the limit (ulimit -n)',
  ENFILE: 'too many files are open; close other programs',
};

/** What to tell of anything that was thrown. A defect gets a sentence too; its stack only with HOLDFAST_DEBUG=1. */
export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof HoldfastError) {
    return { exit: thrown.exit, code: thrown.code, message: thrown.message, fields: thrown.fields };
  }
  const { code: system, path } = (thrown ?? {}) as { code?: unknown; path?: unknown };
  const reason = typeof system === 'string' ? systemReasons[system] : undefined;
  if (reason !== undefined) {
    const who = typeof path === 'string' ? printable(basename(path)) : 'a file';
    return failed('output.unwritable', `${who}: ${reason}`);
  }
  if (thrown instanceof Error && thrown.name === 'AbortError') {
    return failed('work.stopped', 'stopped before its end; start it again, nothing was half-written');
  }
  if (
    thrown instanceof RangeError &&
    /allocation failed|invalid (typed )?array (buffer )?length|invalid string length/i.test(thrown.message)
  ) {
    return failed(
      'work.memory',
      'the work needs more memory than there is; close other programs or read fewer columns',
    );
  }
  const what =
    thrown instanceof Error
      ? printable(`${thrown.name}: ${thrown.message.split('\n')[0]}`)
      : 'something that is no error was thrown';
  return failed(
    'internal.defect',
    `holdfast met a defect of its own (${what}); run again with HOLDFAST_DEBUG=1 and report it`,
  );
}

const failed = (code: ErrorCode, message: string): Failure => ({
  exit: exitCode.failed,
  code,
  message,
  fields: {},
});

/** The sentence with its code in brackets. */
export const failureText = (failure: Failure): string => `${failure.message} [${failure.code}]`;

/** The value that --json prints. */
export const failureJson = ({ code, message, fields }: Failure): unknown => ({
  error: { code, message, fields },
});
