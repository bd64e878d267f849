/** Versions at work, requests and what follows from them. */
import { entry } from './entry.ts';

export const servingErrors = {
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
  'deployment.unusable': entry(
    'ConflictError',
    'The model file of a version that is to answer is missing, damaged or of a newer Holdfast; nothing was changed.',
    'Restore a backup, register the model file again, or name another version.',
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
    'A job was to read or write a file that is not in the project folder, or is in the workspace.',
    'Give a path relative to the project folder.',
  ),
  'job.exists': entry(
    'ConflictError',
    'A job would write over something that is there already.',
    'Give another name, or overwrite: true to replace it.',
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
  'request.encoding': entry(
    'ParamError',
    'The body of a request is compressed, or in another character set than UTF-8 (415).',
    'Send it uncompressed and in UTF-8.',
  ),
  'request.cursor': entry(
    'ConflictError',
    'The `after` of a page was made for another list, order or filter.',
    'Ask with the order and filters of the page before, or begin again without `after`.',
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
  'events.full': entry(
    'UnavailableError',
    'More programs listen to events than one process serves.',
    'Try again later, or close a stream that nobody needs.',
  ),
} as const;
