/** Alive, in the Open Inference Protocol. */
import { inferenceRefusal } from '../inference/refusal.ts';
import { defineRoute } from '../route.ts';

export const inferenceLive = defineRoute({
  id: 'inference-live',
  method: 'GET',
  url: '/v2/health/live',
  scope: null,
  summary: 'Is the process alive?',
  refuse: inferenceRefusal,
  schema: {
    response: {
      200: { type: 'object', properties: { live: { const: true } }, required: ['live'] },
    },
  },
  handle: async () => ({ live: true }),
});
