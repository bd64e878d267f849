/**
 * The catalogue of everything Holdfast can refuse, and the classes that carry it.
 *
 * A code is stable for ever: scripts match on it. A message is one sentence for a person: who, what was
 * received, what is allowed, what to do next. Neither holds a customer's values or a secret.
 * `docs/reference/errors.md` is generated from `errorCatalogue`; a test compares them.
 */

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

const entry = <K extends ErrorKind>(kind: K, meaning: string, next: string) =>
  ({ kind, meaning, next }) as const;

/** Every code: which class it belongs to, what it means, what to do about it. */
export const errorCatalogue = {
  'usage.argument': entry(
    'ParamError',
    'A command was called with wrong arguments or options.',
    'Run the command with --help.',
  ),
  'param.unknown': entry(
    'ParamError',
    'A parameter name is not known.',
    'Use the nearest known name that the message offers.',
  ),
  'param.value': entry(
    'ParamError',
    'A parameter has a value outside what is allowed.',
    'Use a value in the range that the message states.',
  ),
  'project.syntax': entry(
    'ParamError',
    'The project file is not valid YAML.',
    'Repair the line that the message names.',
  ),
  'project.unknown-key': entry(
    'ParamError',
    'The project file holds a key that nothing reads.',
    'Use the nearest known key, or delete the line.',
  ),
  'project.value': entry(
    'ParamError',
    'A key of the project file has a value outside what is allowed.',
    'Use a value that the message or docs/reference/project-file.md allows.',
  ),
  'project.not-found': entry(
    'NotFoundError',
    'There is no project file at the path given.',
    'Run `holdfast init DATA --target COLUMN`, or give the right path.',
  ),
  'project.exists': entry(
    'ConflictError',
    'The project file is already there and would be overwritten.',
    'Give another --out, or --yes to replace it.',
  ),
  'data.not-found': entry(
    'NotFoundError',
    'There is no file at the path given.',
    'Check the path; paths in a project file are relative to it.',
  ),
  'data.directory': entry('DataError', 'The path is a folder, not a file.', 'Name one file in it.'),
  'data.format': entry(
    'DataError',
    'The kind of file is not one that can be read or written.',
    'Use CSV or Parquet; JSON, NDJSON and Excel (.xlsx) can be read too.',
  ),
  'data.empty': entry('DataError', 'The file holds nothing.', 'Export the table again.'),
  'data.no-rows': entry(
    'DataError',
    'The file holds column names but no rows.',
    'Export the table again with its rows.',
  ),
  'data.unreadable': entry(
    'DataError',
    'The file is damaged, truncated or not of the format its name says.',
    'Export or copy the file again.',
  ),
  'data.encoding': entry(
    'DataError',
    'The text is not in an encoding that can be read.',
    'Save the file as UTF-8.',
  ),
  'data.too-large': entry(
    'DataError',
    'The file, or what it unpacks to, is larger than is safe to read.',
    'Unpack or split it, or save the table as CSV or Parquet.',
  ),
  'data.nested': entry(
    'DataError',
    'A JSON record holds a list or an object inside a column.',
    'Give each inner value its own column.',
  ),
  'data.width': entry(
    'DataError',
    'Some lines have more or fewer fields than the header.',
    'Repair the lines that the message names.',
  ),
  'data.header': entry(
    'DataError',
    'Two columns share a name, a column has none, or other lines stand above the header.',
    'Give each column its own name, in the first line.',
  ),
  'data.no-target': entry(
    'DataError',
    'The target column is not in the table.',
    'Name the column that says who left.',
  ),
  'data.target-empty': entry(
    'DataError',
    'The target is empty in some rows.',
    'Remove the rows whose outcome is not known yet.',
  ),
  'data.target-levels': entry(
    'DataError',
    'The target does not hold two outcomes of which one is known to mean churn.',
    'Name the value that means churn with --churned.',
  ),
  'data.target-spelling': entry(
    'DataError',
    'The target holds the churned value in several spellings, of which only one would count.',
    'Write the churned value in one way in the data.',
  ),
  'data.one-class': entry(
    'DataError',
    'All rows have the same outcome, so nothing can be learned.',
    'Add customers of the other outcome.',
  ),
  'data.too-few': entry(
    'DataError',
    'There are too few rows of one outcome to split and judge.',
    'Add rows, or lower split and folds.',
  ),
  'data.split': entry(
    'DataError',
    'The rows cannot be parted as the project file says: a group is too large, or too few times are apart.',
    'Name another column in split.group or split.time, or change shares, gap and folds.',
  ),
  'data.split-column': entry(
    'DataError',
    'The column that rows are parted by is missing, or empty in some rows.',
    'Fill the rows in or take them out with a clean step, or part by another column.',
  ),
  'data.no-features': entry(
    'DataError',
    'No column is left to learn from.',
    'Set use: feature for at least one column.',
  ),
  'data.duplicate-id': entry('DataError', 'An id stands in more than one row.', 'Keep one row a customer.'),
  'events.log': entry(
    'DataError',
    'An event log cannot be turned into customers.',
    'Repair the log, or correct the data.events key that the message names.',
  ),
  'events.horizon': entry(
    'DataError',
    'The log ends before the time in which churn is looked for.',
    'Use an earlier cutoff or a shorter horizon, or say in data.events.until how far the log is complete.',
  ),
  'contract.missing-column': entry(
    'ContractError',
    'Columns that the contract names are not in the data.',
    'Add them, or train a model without them.',
  ),
  'contract.broken': entry(
    'ContractError',
    'Rows break the contract.',
    'Repair the rows, or change the contract where it is wrong.',
  ),
  'column.missing': entry(
    'ColumnError',
    'A step needs a column that it did not get.',
    'Give it the columns that it was fitted on.',
  ),
  'column.kind': entry(
    'ColumnError',
    'A column has another kind than a step needs.',
    'Change the kind, or put a fitting step before it.',
  ),
  'column.not-finite': entry(
    'ColumnError',
    'A column holds missing or infinite values where a step needs numbers.',
    'Impute before this step.',
  ),
  'column.clash': entry(
    'ColumnError',
    'Two steps make a column of the same name.',
    'Rename one of the columns.',
  ),
  'learn.no-rows': entry(
    'DataError',
    'A model or step was to be fitted on no rows.',
    'Fit on at least one row.',
  ),
  'learn.one-class': entry(
    'DataError',
    'A model was to be fitted on rows of one outcome only.',
    'Fit on rows of both outcomes.',
  ),
  'learn.weights': entry(
    'DataError',
    'Row weights are negative, not finite or all zero.',
    'Give each row a weight of 0 or more.',
  ),
  'learn.diverged': entry(
    'DataError',
    'A model grew beyond all bounds while it was fitted.',
    'Bring the columns to one scale, or lower the learning rate.',
  ),
  'evaluate.training-rows': entry(
    'ConflictError',
    'The data holds customers that the model was trained on.',
    'Use customers the model has not seen, or --allow-training-rows.',
  ),
  'explain.no-customer': entry(
    'NotFoundError',
    'No row of the table is the customer who was to be explained.',
    'Give an id that the table holds, or a row number with --row.',
  ),
  'report.no-figures': entry(
    'NotFoundError',
    'The model was saved before figures were kept: it has its page and card, and nothing to write another report from.',
    'Take the page with --format html, or train the model again.',
  ),
  'model.not-found': entry(
    'NotFoundError',
    'There is no such model.',
    'Train one, or give the path of a .holdfast file.',
  ),
  'model.damaged': entry(
    'ModelFileError',
    'The model file is truncated, altered or not a model file.',
    'Copy it again from where it was made.',
  ),
  'model.newer': entry('ModelFileError', 'The model file was made by a newer Holdfast.', 'Update Holdfast.'),
  'model.golden': entry(
    'ModelFileError',
    'The model does not reproduce its own golden scores.',
    'Do not use it; train again and report this.',
  ),
  'kernels.memory': entry(
    'UnavailableError',
    'Learning needs more memory than there is.',
    'Learn from fewer rows or columns, or close other programs.',
  ),
  'output.unwritable': entry(
    'UnavailableError',
    'A result could not be written.',
    'Check the folder, its permissions and the free space.',
  ),
  'workspace.unwritable': entry(
    'UnavailableError',
    'The workspace folder cannot be written.',
    'Check permissions and free space, or set HOLDFAST_HOME.',
  ),
  'store.unavailable': entry(
    'UnavailableError',
    'The database does not answer, or is held by another process.',
    'Check that it runs and can be reached, then try again.',
  ),
  'store.full': entry(
    'UnavailableError',
    'The disk of the database is full.',
    'Free some space; what was answered before is safe.',
  ),
  'store.damaged': entry(
    'UnavailableError',
    'The database file is damaged or no database.',
    'Restore a backup with `holdfast restore`.',
  ),
  'store.newer': entry(
    'UnavailableError',
    'The database was made by a newer Holdfast.',
    'Update Holdfast, or restore a backup of before.',
  ),
  'store.conflict': entry(
    'ConflictError',
    'Another entry has this name or key already.',
    'Use another name, or look at the entry that is there.',
  ),
  'artifact.not-found': entry(
    'NotFoundError',
    'A kept file is not where the registry says that it is.',
    'Restore a backup, or register the model file again.',
  ),
  'artifact.damaged': entry(
    'DataError',
    'A kept file is not what was put under its name.',
    'Restore a backup, or register the model file again.',
  ),
  'registry.refused': entry(
    'ConflictError',
    'A version may not be put to work: its gate refused it, or an approval of another person is missing.',
    'Train a better model, ask for the approval, or use --force with a note where the message allows it.',
  ),
  'registry.ambiguous': entry(
    'ConflictError',
    'Several versions fit what was named.',
    'Name one of those that the message lists.',
  ),
  'registry.nothing-before': entry(
    'ConflictError',
    'There was no earlier champion to go back to.',
    'Promote the version that is to answer.',
  ),
  'deployment.empty': entry(
    'ConflictError',
    'There is no champion for a canary or shadow to stand beside, or no canary to change or promote.',
    'Promote a version, or start a canary.',
  ),
  'deployment.is-champion': entry(
    'ConflictError',
    'The version that is to be canary or shadow is the champion already.',
    'Name another version.',
  ),
  'compare.no-rows': entry(
    'DataError',
    'Too few customers are left that neither model has learned from.',
    'Use customers that both models have not seen.',
  ),
  'key.needed': entry(
    'KeyError',
    'The server has keys, and the request brought none that is valid.',
    'Send one as `Authorization: Bearer hf_...`.',
  ),
  'key.scope': entry(
    'ScopeError',
    'The key lacks the scope that the route asks for.',
    'Use another key, or make one with the scope.',
  ),
  'key.not-found': entry('NotFoundError', 'There is no such key.', 'See `holdfast keys list`.'),
  'backup.not-found': entry('NotFoundError', 'There is no backup at the path given.', 'Check the path.'),
  'backup.exists': entry(
    'ConflictError',
    'The backup would be written over a file that is there already.',
    'Give another name, or --yes to replace it.',
  ),
  'backup.damaged': entry(
    'DataError',
    'The backup is truncated, altered or no backup of Holdfast.',
    'Copy it again from where it was made, or use an older one.',
  ),
  'backup.newer': entry('DataError', 'The backup was made by a newer Holdfast.', 'Update Holdfast.'),
  'backup.unfit': entry(
    'DataError',
    'Something cannot be carried by a backup, or kept by the database it is restored into.',
    'Rename or remove what the message names, or restore into the other engine.',
  ),
  'restore.not-empty': entry(
    'ConflictError',
    'The place to restore into holds something, and nothing is ever overwritten.',
    'Restore --into another folder or a new database; --yes moves what a workspace holds aside.',
  ),
  'search.over': entry(
    'UnavailableError',
    'A fit was given up because the budget of the search was used up; a search goes on with what was finished.',
    'Give train.search.budget more time.',
  ),
  'serving.busy': entry(
    'UnavailableError',
    'More customers wait to be scored than the server takes.',
    'Try again in a second; add workers if it stays so.',
  ),
  'serving.address': entry(
    'UnavailableError',
    'The server cannot listen on the address given.',
    'Choose another --port, or stop what uses it.',
  ),
  'serving.no-model': entry(
    'UnavailableError',
    'No model is deployed.',
    'Train and promote one: `holdfast train`, `holdfast models promote`.',
  ),
  'serving.stopping': entry(
    'UnavailableError',
    'The server is stopping and takes nothing new.',
    'Try again, at another server or when it is back.',
  ),
  'prediction.not-found': entry(
    'NotFoundError',
    'The prediction log has no such request.',
    'Check the request id; see GET /v1/predictions.',
  ),
  'job.not-found': entry('NotFoundError', 'There is no such job.', 'See GET /v1/jobs.'),
  'job.ended': entry(
    'ConflictError',
    'The job has ended, so it cannot be cancelled.',
    'Look at its result with GET /v1/jobs/{id}.',
  ),
  'job.full': entry(
    'UnavailableError',
    'More jobs wait than the server takes.',
    'Try again when some have ended, or cancel some.',
  ),
  'job.lost': entry(
    'UnavailableError',
    'The process that ran a job ended before the job did.',
    'Ask for the job again; with more memory if it happens twice.',
  ),
  'job.path': entry(
    'ParamError',
    'A job was to read or write a file that is not in the project folder, or is the workspace itself.',
    'Give a path relative to the project folder.',
  ),
  'job.exists': entry(
    'ConflictError',
    'A job would write over something that is there already.',
    'Give another name, or overwrite: true to replace it.',
  ),
  'events.full': entry(
    'UnavailableError',
    'More programs listen to events than one process serves.',
    'Try again later, or close a stream that nobody needs.',
  ),
  'serving.workers': entry(
    'UnavailableError',
    'A process of `serve --workers` ended before it could begin.',
    'Look at what it said on standard error; with less memory than workers need, start fewer.',
  ),
  'request.invalid': entry(
    'ParamError',
    'A request does not fit its schema.',
    'Repair the fields that `errors` names; GET /openapi.json has the schema.',
  ),
  'request.syntax': entry(
    'ParamError',
    'The body of a request is not the JSON it should be.',
    'Send valid JSON with content type application/json.',
  ),
  'request.too-large': entry(
    'ParamError',
    'A request is larger than the server takes.',
    'Send fewer customers at once.',
  ),
  'request.not-found': entry('NotFoundError', 'There is no such address.', 'See /docs.'),
  'request.method': entry(
    'ParamError',
    'The address is there, but not for this method (405).',
    'Use a method of the `allow` header; see /docs.',
  ),
  'request.slow': entry(
    'UnavailableError',
    'The body of a request did not arrive in time (408).',
    'Send fewer customers at once, or use /v1/predict/stream.',
  ),
  'request.too-many': entry(
    'UnavailableError',
    'A key or address made more requests a second than the server allows (429).',
    'Wait for the seconds of `retry-after`; send several customers at once to /v1/predict.',
  ),
  'outcomes.rows': entry(
    'DataError',
    'Rows of a file of outcomes cannot be taken.',
    'Repair the rows that the message names and give the file again.',
  ),
  'request.idempotency-key': entry(
    'ParamError',
    'The header Idempotency-Key cannot be used (400): it is not 1 to 255 visible ASCII characters, or the route takes none.',
    'Send a UUID, or leave the header out.',
  ),
  'request.key-reused': entry(
    'ParamError',
    'The Idempotency-Key came with another body before.',
    'Send a new key with each new request.',
  ),
  'request.not-repeatable': entry(
    'ConflictError',
    'The request was answered before, and the answer can neither be checked nor given again: its customer was erased, or its model is no more.',
    'Send the request with a new Idempotency-Key.',
  ),
  'work.stopped': entry(
    'UnavailableError',
    'The work was stopped before its end.',
    'Start it again; nothing was half-written.',
  ),
  'work.worker': entry(
    'UnavailableError',
    'A worker thread died.',
    'Start again with more memory or HOLDFAST_THREADS=1.',
  ),
  'work.memory': entry(
    'UnavailableError',
    'The work needs more memory than there is.',
    'Close other programs, read fewer columns or use a larger machine.',
  ),
  'catalogue.unknown': entry(
    'ParamError',
    'No model or step has this id.',
    'Use one of the ids that the message lists.',
  ),
  'internal.defect': entry(
    'UnavailableError',
    'Holdfast met a defect of its own.',
    'Run again with HOLDFAST_DEBUG=1 and report it.',
  ),
  'generate.option': entry(
    'ParamError',
    'The synthetic customers asked for cannot be made.',
    'Use a value in the range that the message states.',
  ),
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
