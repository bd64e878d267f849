/** Ready: a model is loaded and the database answers. Load balancers ask this. */
import { liveModelOf } from '../answer.ts';
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
    const { label } = liveModelOf(context);
    await context.database.ping();
    return { status: 'ready', model: label };
  },
});
