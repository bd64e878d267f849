/** What MLflow's scoring client asks before its first request: can the server score? */
import { checkReady } from '../readiness.ts';
import { defineRoute } from '../route.ts';

export const ping = defineRoute({
  id: 'ping',
  method: 'GET',
  url: '/ping',
  scope: null,
  summary: 'Can the server score? As MLflow asks',
  description: 'The same as /ready, at the address that MLflow and SageMaker ask.',
  schema: {
    response: {
      200: { type: 'object', properties: { status: { const: 'ready' } }, required: ['status'] },
    },
  },
  async handle(_, context) {
    await checkReady(context);
    return { status: 'ready' };
  },
});
