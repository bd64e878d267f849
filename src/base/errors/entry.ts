/** The classes of errors, and the form in which each code is declared. */

/** Exit codes of every command. */
export const exitCode = { done: 0, failed: 1, wrongUse: 2, answerIsNo: 3 } as const;

/** HTTP status and exit code of each class of error. */
export const errorKinds = {
  ParamError: {
    status: 422,
    exit: exitCode.wrongUse,
    about: 'a parameter, option or project-file key is wrong',
  },
  DataError: { status: 422, exit: exitCode.failed, about: 'a file or table cannot be used' },
  ContractError: { status: 422, exit: exitCode.answerIsNo, about: 'data breaks its contract' },
  ColumnError: { status: 422, exit: exitCode.failed, about: 'a step received columns it cannot work with' },
  ModelFileError: { status: 422, exit: exitCode.failed, about: 'a model file is refused' },
  KeyError: { status: 401, exit: exitCode.failed, about: 'no valid key was brought' },
  ScopeError: { status: 403, exit: exitCode.failed, about: 'a key may not do what it asks for' },
  NotFoundError: { status: 404, exit: exitCode.failed, about: 'what was named does not exist' },
  ConflictError: { status: 409, exit: exitCode.answerIsNo, about: 'the request contradicts what is there' },
  UnavailableError: {
    status: 503,
    exit: exitCode.failed,
    about: 'something outside is missing, full or stopped',
  },
} as const;

export type ErrorKind = keyof typeof errorKinds;

/** `meaning` and `next` stand in docs/reference/errors.md. */
export const entry = <K extends ErrorKind>(kind: K, meaning: string, next: string) =>
  ({ kind, meaning, next }) as const;
