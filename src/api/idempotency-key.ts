/** The header `Idempotency-Key`: who sends a request again with it gets the first answer, and nothing is done twice. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { HttpRefusal } from './problem.ts';

export const keyHeader = 'idempotency-key';
const longest = 255;
const grammar = '^[!-~]{1,255}$';
const visible = new RegExp(grammar);

/** As OpenAPI tells it. */
export const keyParameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'Chosen by the client, a random one for each request: sent again with the same key and body, the request is answered as the first time and done once. Keys count per API key; those of routes that score are one namespace, those of /v1/outcomes another.',
  schema: { type: 'string', minLength: 1, maxLength: longest, pattern: grammar, examples: ['8e03978e-40d5'] },
} as const;

/** Of an answer, as OpenAPI tells it. */
export const replayedHeader = {
  'Idempotency-Replayed': {
    description: 'There when the request was answered before: this is that answer.',
    schema: { const: 'true' },
  },
} as const;

/** Null where none was sent. */
export function idempotencyKeyOf({ headers }: Pick<FastifyRequest, 'headers'>): string | null {
  const key = headers[keyHeader];
  if (key === undefined) return null;
  if (typeof key === 'string' && visible.test(key)) return key;
  throw new HttpRefusal(
    400,
    'request.idempotency-key',
    `the header Idempotency-Key must be one text of 1 to ${longest} visible ASCII characters without a space; send a UUID`,
  );
}

/** For routes that can't promise to do a request once: better refused than done twice. */
export function refuseIdempotencyKey({ headers }: Pick<FastifyRequest, 'headers'>): void {
  if (headers[keyHeader] === undefined) return;
  throw new HttpRefusal(
    400,
    'request.idempotency-key',
    'a stream has no single answer that could be kept, so it takes no Idempotency-Key; leave the header out, or send up to 10,000 customers to /v1/predict',
  );
}

export const tellReplayed = (reply: FastifyReply): void => {
  reply.header('idempotency-replayed', 'true');
};
