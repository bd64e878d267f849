/** Alive: the process answers. Says nothing of the model or the database. */
import { defineRoute } from '../route.ts';

export const health = defineRoute({
  id: 'health',
  method: 'GET',
  url: '/health',
  scope: null,
  summary: 'Is the server alive?',
  schema: {
    response: { 200: { type: 'object', properties: { status: { const: 'alive' } }, required: ['status'] } },
  },
  handle: async () => ({ status: 'alive' }),
});
