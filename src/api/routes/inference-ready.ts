/** Ready, in the Open Inference Protocol: what `/ready` says. */
import { inferenceRefusal } from '../inference/refusal.ts';
import { checkReady } from '../readiness.ts';
import { defineRoute } from '../route.ts';

export const inferenceReady = defineRoute({
  id: 'inference-ready',
  method: 'GET',
  url: '/v2/health/ready',
  scope: null,
  summary: 'Can the server score and write its log?',
  refuse: (problem) => {
    const { status, body } = inferenceRefusal(problem);
    return { status, body: { ready: false, ...body } };
  },
  schema: {
    response: {
      200: { type: 'object', properties: { ready: { const: true } }, required: ['ready'] },
    },
  },
  async handle(_, context) {
    await checkReady(context);
    return { ready: true };
  },
});
