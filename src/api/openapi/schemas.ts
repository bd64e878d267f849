/** Schemas as the document has them. */
import type { JsonSchema } from '../../serving/customer-schema.ts';

export const problemSchema: JsonSchema = {
  type: 'object',
  description: 'Why a request was refused (RFC 9457).',
  properties: {
    type: { const: 'about:blank' },
    title: { type: 'string' },
    status: { type: 'integer', minimum: 400, maximum: 599 },
    code: { type: 'string', description: 'Never changes; programs match on it.' },
    detail: { type: 'string', description: 'One sentence for a person.' },
    requestId: { type: 'string', description: 'Also in the header x-request-id and in the log.' },
    errors: {
      type: 'array',
      description: 'The fields that are wrong.',
      items: {
        type: 'object',
        properties: {
          path: { type: 'string', description: 'JSON pointer into the body.' },
          message: { type: 'string' },
        },
        required: ['path', 'message'],
      },
    },
  },
  required: ['type', 'title', 'status', 'code', 'detail', 'requestId'],
  examples: [
    {
      type: 'about:blank',
      title: 'Invalid',
      status: 422,
      code: 'request.invalid',
      detail: 'tenure must be a number',
      requestId: '0198f0a2-7c1e-7b64-9a57-2f7f0c3c1d10',
      errors: [{ path: '/tenure', message: 'must be a number' }],
    },
  ],
};

/**
 * A schema of a route with `Customer#` pointing into the document. What stands under `x-told` is said there too: rules that
 * the handler checks by itself, in better words than a schema's.
 */
export function withReferences(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withReferences);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { 'x-told': told = {}, ...checked } = schema as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.entries({ ...checked, ...(told as object) }).map(([keyword, value]) => [
      keyword,
      keyword === '$ref' && value === 'Customer#' ? '#/components/schemas/Customer' : withReferences(value),
    ]),
  );
}
