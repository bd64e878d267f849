/** An error in parts, for another process. */
import { HoldfastError } from '../../base/errors.ts';
import type { FailedMessage } from './messages.ts';

/** The text of an unexpected error may quote a customer: only its name goes on. */
export function failedMessage(thrown: unknown): FailedMessage {
  if (thrown instanceof HoldfastError) {
    const { code, message, fields } = thrown;
    return { kind: 'failed', code, message, fields };
  }
  const name = thrown instanceof Error ? thrown.name : 'something that is no error';
  return {
    kind: 'failed',
    code: 'internal.defect',
    message: `serve: a worker met a defect of its own (${name}); run with HOLDFAST_DEBUG=1 and report it`,
    fields: {},
  };
}
