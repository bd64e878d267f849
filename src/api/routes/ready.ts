/** Ready: a model is loaded, the database answers and can be written. Load balancers ask this. */
import { checkReady } from '../readiness.ts';
import { defineRoute } from '../route.ts';

export const ready = defineRoute({
  id: 'ready',
  method: 'GET',
  url: '/ready',
  scope: null,
  summary: 'Can the server score and write its log?',
  schema: {
    response: {
      200: {
        type: 'object',
        properties: { status: { const: 'ready' }, model: { type: 'string' } },
        required: ['status', 'model'],
      },
    },
  },
  async handle(_, context) {
    const { label } = await checkReady(context);
    return { status: 'ready', model: label };
  },
});
