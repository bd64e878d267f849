/** The one place where an error becomes words and an exit code. */
import { exitCode, HoldfastError } from '../base/errors.ts';

export interface Failure {
  readonly exit: number;
  readonly code: string;
  readonly message: string;
  readonly fields: HoldfastError['fields'];
}

/** What to tell of anything that was thrown. A defect gets a sentence too; its stack only with HOLDFAST_DEBUG=1. */
export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof HoldfastError) {
    return { exit: thrown.exit, code: thrown.code, message: thrown.message, fields: thrown.fields };
  }
  const system = (thrown as { code?: unknown } | null)?.code;
  if (system === 'ENOSPC' || system === 'EACCES' || system === 'EROFS' || system === 'EPERM') {
    const why = {
      ENOSPC: 'the disk is full',
      EACCES: 'permission was refused',
      EPERM: 'permission was refused',
      EROFS: 'the disk is read-only',
    }[system];
    return {
      exit: exitCode.failed,
      code: 'output.unwritable',
      message: `a file could not be written: ${why}; nothing was half-written`,
      fields: {},
    };
  }
  if (thrown instanceof Error && thrown.name === 'AbortError') {
    return {
      exit: exitCode.failed,
      code: 'work.stopped',
      message: 'stopped before the end; nothing was half-written',
      fields: {},
    };
  }
  const message =
    thrown instanceof Error
      ? `${thrown.name}: ${thrown.message.split('\n')[0]}`
      : 'something that is no error was thrown';
  return {
    exit: exitCode.failed,
    code: 'internal.defect',
    message: `holdfast met a defect of its own (${message}); run again with HOLDFAST_DEBUG=1 and report it`,
    fields: {},
  };
}

/** The sentence with its code in brackets. */
export const failureText = (failure: Failure): string => `${failure.message} [${failure.code}]`;

/** The value that --json prints. */
export const failureJson = ({ code, message, fields }: Failure): unknown => ({
  error: { code, message, fields },
});
