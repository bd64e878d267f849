/** What the main thread and its workers say to each other, and errors as plain data. */
import {
  ColumnError,
  ConflictError,
  ContractError,
  DataError,
  type ErrorCode,
  type ErrorFields,
  type ErrorKind,
  errorCatalogue,
  HoldfastError,
  KeyError,
  ModelFileError,
  NotFoundError,
  ParamError,
  ScopeError,
  UnavailableError,
} from '../../base/errors.ts';
import type { Plain } from '../../base/plain.ts';
import type { FitAnswer } from '../../learn/context.ts';
import type { Dataset } from '../../table/dataset.ts';

export type ToWorker =
  | { readonly type: 'data'; readonly dataId: number; readonly data: Dataset }
  | { readonly type: 'forget'; readonly dataIds: readonly number[] }
  | {
      readonly type: 'job';
      readonly id: string;
      readonly params: Plain;
      readonly dataId: number;
      readonly stream: string;
      readonly endsAt: number | undefined;
    };

export type FromWorker =
  | { readonly type: 'done'; readonly answer: FitAnswer }
  | { readonly type: 'failed'; readonly error: SentError };

/** A coded error, or a defect with its stack. */
export type SentError =
  | { readonly code: ErrorCode; readonly message: string; readonly fields: ErrorFields }
  | { readonly name: string; readonly message: string; readonly stack: string | undefined };

export function sendableError(thrown: unknown): SentError {
  if (thrown instanceof HoldfastError) {
    return { code: thrown.code, message: thrown.message, fields: thrown.fields };
  }
  if (thrown instanceof Error) return { name: thrown.name, message: thrown.message, stack: thrown.stack };
  return { name: 'Error', message: String(thrown), stack: undefined };
}

type ErrorClass = new (code: ErrorCode, message: string, fields: ErrorFields) => HoldfastError;

/** Each class takes only its own codes; here the code decides the class. */
const classes = {
  ParamError,
  DataError,
  ContractError,
  ColumnError,
  ModelFileError,
  KeyError,
  ScopeError,
  NotFoundError,
  ConflictError,
  UnavailableError,
} as const satisfies Readonly<Record<ErrorKind, unknown>> as Readonly<Record<ErrorKind, unknown>> as Readonly<
  Record<ErrorKind, ErrorClass>
>;

/** The error as if it had been thrown in this thread. */
export function receivedError(sent: SentError): Error {
  if ('code' in sent)
    return new classes[errorCatalogue[sent.code].kind](sent.code, sent.message, sent.fields);
  const error = new Error(sent.message);
  error.name = sent.name;
  if (sent.stack !== undefined) error.stack = sent.stack;
  return error;
}
