/** Every status that a route may refuse with, and when. */
import { type Problem, problem } from '../problem.ts';
import type { Route } from '../route.ts';
import { isProbe } from '../server-limits.ts';

export interface Refusal {
  readonly status: number;
  /** Among the document's shared responses. */
  readonly name: string;
  readonly about: string;
  /** Of an example. */
  readonly code: string;
  readonly detail: string;
  /** Whether a route can answer so. */
  fits(route: Route, needsKeys: boolean): boolean;
}

const hasBody = ({ schema, body }: Route): boolean => schema.body !== undefined || body !== undefined;
const hasInput = (route: Route): boolean =>
  hasBody(route) || route.schema.querystring !== undefined || route.schema.params !== undefined;
const asksForKey = ({ scope }: Route, needsKeys: boolean): boolean => needsKeys && scope !== null;
const always = (): boolean => true;

/** In the order of their statuses. */
export const refusals: readonly Refusal[] = [
  {
    status: 400,
    name: 'BadRequest',
    about: 'Not valid JSON, or an address that cannot be read.',
    code: 'request.syntax',
    detail: 'the body is not valid JSON',
    fits: hasInput,
  },
  {
    status: 401,
    name: 'KeyNeeded',
    about: 'No valid key was brought.',
    code: 'key.needed',
    detail: 'a valid key is needed: send it as "Authorization: Bearer hf_..."',
    fits: asksForKey,
  },
  {
    status: 403,
    name: 'NotAllowed',
    about: 'The key lacks the scope of the route.',
    code: 'key.scope',
    detail: 'the key shop lacks the scope score',
    fits: asksForKey,
  },
  {
    status: 404,
    name: 'NotFound',
    about: 'What the address names does not exist.',
    code: 'model.not-found',
    detail: 'model shop@7 is not there; see holdfast models list',
    fits: ({ schema }) => schema.params !== undefined,
  },
  {
    status: 408,
    name: 'TooSlow',
    about: 'The body did not arrive in time.',
    code: 'request.slow',
    detail: 'the body took longer than 30 seconds',
    fits: hasBody,
  },
  {
    status: 409,
    name: 'Conflict',
    about: 'The request contradicts what is there.',
    code: 'registry.ambiguous',
    detail: 'two models fit; name one of them',
    fits: ({ isRepeatable = false }) => isRepeatable,
  },
  {
    status: 413,
    name: 'TooLarge',
    about: 'The body is larger than the server takes.',
    code: 'request.too-large',
    detail: 'the body is larger than the server takes; send fewer customers at once',
    fits: hasBody,
  },
  {
    status: 415,
    name: 'WrongType',
    about: 'The content type is not one that the route reads, or the body is compressed or not in UTF-8.',
    code: 'request.syntax',
    detail: 'the content type must be application/json',
    fits: hasBody,
  },
  {
    status: 422,
    name: 'Invalid',
    about: 'Fields that do not fit; `errors` names each.',
    code: 'request.invalid',
    detail: 'tenure must be a number',
    fits: hasInput,
  },
  {
    status: 429,
    name: 'TooMany',
    about: 'More requests a second than one key or address may make.',
    code: 'request.too-many',
    detail: 'more than 5000 requests a second; wait a second',
    fits: ({ id }) => !isProbe(id),
  },
  {
    status: 431,
    name: 'HeadersTooLarge',
    about: 'The address and the headers are larger than the server takes.',
    code: 'request.too-large',
    detail: 'the headers are larger than the server takes',
    fits: ({ schema }) => schema.params !== undefined || schema.querystring !== undefined,
  },
  {
    status: 500,
    name: 'Defect',
    about: 'The server met a defect; its log has the request id.',
    code: 'internal.defect',
    detail: 'the server met a defect; its log has the request id',
    fits: always,
  },
  {
    status: 503,
    name: 'Unavailable',
    about: 'No model, no database, too much waiting, or stopping; try again.',
    code: 'serving.busy',
    detail: 'serving: 50000 customers wait already, at most 50000 may; try again in a second',
    fits: always,
  },
];

export const refusalsOf = (route: Route, needsKeys: boolean): readonly Refusal[] =>
  refusals.filter((one) => one.fits(route, needsKeys) || (route.problems?.includes(one.status) ?? false));

const requestId = '01a1ff69-605a-7000-8475-589c102e4189';

/** What such a refusal looks like. */
export function exampleProblem({ status, code, detail }: Refusal): Problem {
  const plain = problem(status, code, detail, requestId);
  return status === 422 ? { ...plain, errors: [{ path: '/tenure', message: 'must be a number' }] } : plain;
}
