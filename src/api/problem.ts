/** Errors as problem details (RFC 9457): one form for every refusal, never a value or a stack. */
import { type ErrorCode, HoldfastError } from '../base/errors.ts';
import type { FieldProblem } from '../serving/customer-reader.ts';
import { fieldSentence } from './fields-sentence.ts';
import { type RequestPart, type SchemaComplaint, schemaProblems } from './schema-problems.ts';

export const problemType = 'application/problem+json';

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** Stable: programs match on it. */
  readonly code: string;
  readonly detail: string;
  readonly requestId: string;
  readonly errors?: readonly FieldProblem[];
}

const titles: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Key needed',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  408: 'Too slow',
  409: 'Conflict',
  413: 'Too large',
  415: 'Unsupported media type',
  422: 'Invalid',
  429: 'Too many requests',
  431: 'Header too large',
  500: 'Defect',
  503: 'Unavailable',
};

/** A refusal with the fields that are wrong. */
export class FieldsError extends Error {
  readonly errors: readonly FieldProblem[];
  constructor(errors: readonly FieldProblem[]) {
    super('fields');
    this.errors = errors;
  }
}

/** A refusal that only HTTP knows: its status says more than the kind of its code. */
export class HttpRefusal extends Error {
  readonly status: number;
  readonly code: ErrorCode;
  constructor(status: number, code: ErrorCode, detail: string) {
    super(detail);
    this.status = status;
    this.code = code;
  }
  /** By this name Fastify looks for it where the error ends a body that is still read. */
  get statusCode(): number {
    return this.status;
  }
}

/** What Fastify throws. */
interface HttpError {
  readonly statusCode?: number;
  readonly code?: string;
  readonly validation?: readonly SchemaComplaint[];
  readonly validationContext?: RequestPart;
}

export function problemOf(error: unknown, requestId: string): Problem {
  if (error instanceof FieldsError) return fieldsProblem(error.errors, requestId);
  if (error instanceof HoldfastError) {
    const status = error.code === 'internal.defect' ? 500 : error.status;
    return problem(
      status,
      error.code,
      status === 500 ? 'the server met a defect; its log has the request id' : error.message,
      requestId,
    );
  }
  if (error instanceof HttpRefusal) return problem(error.status, error.code, error.message, requestId);
  const { statusCode, code, validation, validationContext = 'body' } = error as HttpError;
  if (validation) {
    const errors = schemaProblems(validation, validationContext);
    return fieldsProblem(errors, requestId, validationContext === 'querystring' ? 'query:' : undefined);
  }
  if (statusCode === 413)
    return problem(
      413,
      'request.too-large',
      'the body is larger than the server takes; send fewer customers at once',
      requestId,
    );
  if (statusCode === 415)
    return problem(415, 'request.syntax', 'the content type must be application/json', requestId);
  if (code === 'FST_ERR_BAD_URL' || statusCode === 414)
    return problem(400, 'request.syntax', 'the address cannot be read', requestId);
  if (statusCode === 400 || code?.startsWith('FST_ERR_CTP'))
    return problem(400, 'request.syntax', 'the body is not valid JSON', requestId);
  return problem(500, 'internal.defect', 'the server met a defect; its log has the request id', requestId);
}

function fieldsProblem(errors: readonly FieldProblem[], requestId: string, whole?: string): Problem {
  const [first] = errors;
  const more = errors.length > 1 ? `, and ${errors.length - 1} more` : '';
  const detail = first ? `${fieldSentence(first, whole)}${more}` : 'the request does not fit its schema';
  return { ...problem(422, 'request.invalid', detail, requestId), errors };
}

export const problem = (status: number, code: string, detail: string, requestId: string): Problem => ({
  type: 'about:blank',
  title: titles[status] ?? 'Error',
  status,
  code,
  detail,
  requestId,
});
