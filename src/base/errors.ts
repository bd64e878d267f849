/**
 * The catalogue of everything Holdfast can refuse, and the classes that carry it.
 *
 * A code is stable for ever: scripts match on it. A message is one sentence for a person: who, what was
 * received, what is allowed, what to do next. Neither holds a customer's values or a secret.
 * `docs/reference/errors.md` is generated from `errorCatalogue`; a test compares them.
 */

import { askingErrors } from './errors/asking.ts';
import { dataErrors } from './errors/data.ts';
import { type ErrorKind, errorKinds } from './errors/entry.ts';
import { keepingErrors } from './errors/keeping.ts';
import { learningErrors } from './errors/learning.ts';
import { servingErrors } from './errors/serving.ts';
import { workingErrors } from './errors/working.ts';

export { type ErrorKind, errorKinds, exitCode } from './errors/entry.ts';

/** Every code: which class it belongs to, what it means, what to do about it. */
export const errorCatalogue = {
  ...askingErrors,
  ...dataErrors,
  ...learningErrors,
  ...keepingErrors,
  ...servingErrors,
  ...workingErrors,
} as const;

export type ErrorCode = keyof typeof errorCatalogue;
export type CodeOf<K extends ErrorKind> = {
  [C in ErrorCode]: (typeof errorCatalogue)[C]['kind'] extends K ? C : never;
}[ErrorCode];

/** What an error may tell a program: names, counts, row numbers. Never a customer's values. */
export type ErrorFields = Readonly<Record<string, string | number | boolean | readonly (string | number)[]>>;

/** The base of all coded errors. `instanceof HoldfastError` separates the expected from a defect. */
export class HoldfastError extends Error {
  readonly code: ErrorCode;
  readonly kind: ErrorKind;
  readonly fields: ErrorFields;

  constructor(code: ErrorCode, message: string, fields: ErrorFields = {}, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.kind = errorCatalogue[code].kind;
    this.name = this.kind;
    this.fields = fields;
  }

  get status(): number {
    return errorKinds[this.kind].status;
  }

  get exit(): number {
    return errorKinds[this.kind].exit;
  }
}

/** Whether it is an error of one of these codes. */
export const hasCode = (error: unknown, ...codes: readonly ErrorCode[]): error is HoldfastError =>
  error instanceof HoldfastError && codes.includes(error.code);

type Constructor<K extends ErrorKind> = new (
  code: CodeOf<K>,
  message: string,
  fields?: ErrorFields,
  options?: ErrorOptions,
) => HoldfastError;

export const ParamError: Constructor<'ParamError'> = class extends HoldfastError {};
export const DataError: Constructor<'DataError'> = class extends HoldfastError {};
export const ContractError: Constructor<'ContractError'> = class extends HoldfastError {};
export const ColumnError: Constructor<'ColumnError'> = class extends HoldfastError {};
export const ModelFileError: Constructor<'ModelFileError'> = class extends HoldfastError {};
export const KeyError: Constructor<'KeyError'> = class extends HoldfastError {};
export const ScopeError: Constructor<'ScopeError'> = class extends HoldfastError {};
export const NotFoundError: Constructor<'NotFoundError'> = class extends HoldfastError {};
export const ConflictError: Constructor<'ConflictError'> = class extends HoldfastError {};
export const UnavailableError: Constructor<'UnavailableError'> = class extends HoldfastError {};
