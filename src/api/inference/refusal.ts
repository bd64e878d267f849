/** A refusal in the Open Inference Protocol: one sentence under `error`. */
import { fieldsSentence } from '../fields-sentence.ts';
import type { Refusal } from '../own-protocol.ts';
import type { Problem } from '../problem.ts';

export const inferenceRefusal = ({ status, code, detail, errors, requestId }: Problem): Refusal => ({
  status: status === 422 ? 400 : status,
  body: { error: errors ? fieldsSentence(errors) : detail, code, requestId },
});
