/** A refusal as clients of MLflow read it: `error_code` and `message`. */
import { fieldsSentence } from '../fields-sentence.ts';
import type { Refusal } from '../own-protocol.ts';
import type { Problem } from '../problem.ts';

/** Names of MLflow's own list, by status. */
const errorCodes: Readonly<Record<number, string>> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'RESOURCE_DOES_NOT_EXIST',
  409: 'RESOURCE_CONFLICT',
  429: 'REQUEST_LIMIT_EXCEEDED',
  500: 'INTERNAL_ERROR',
  503: 'TEMPORARILY_UNAVAILABLE',
};
/** A field that is wrong is 400: MLflow knows no 422. */
export function mlflowRefusal({ status, code, detail, errors, requestId }: Problem): Refusal {
  const isInvalid = status === 422;
  return {
    status: isInvalid ? 400 : status,
    body: {
      error_code: isInvalid ? 'INVALID_PARAMETER_VALUE' : (errorCodes[status] ?? 'BAD_REQUEST'),
      message: errors ? fieldsSentence(errors) : detail,
      code,
      requestId,
    },
  };
}
