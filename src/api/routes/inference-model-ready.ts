/** Whether a model answers, in the Open Inference Protocol. */
import { modelNamed, nameParameter } from '../inference/model-named.ts';
import { inferenceRefusal } from '../inference/refusal.ts';
import { defineRoute } from '../route.ts';

export const inferenceModelReady = defineRoute({
  id: 'inference-model-ready',
  method: 'GET',
  url: '/v2/models/:name/ready',
  scope: 'score',
  summary: 'Does this model answer?',
  refuse: inferenceRefusal,
  schema: {
    params: nameParameter,
    response: {
      200: {
        type: 'object',
        properties: { name: { type: 'string' }, ready: { const: true } },
        required: ['name', 'ready'],
      },
    },
  },
  async handle(call, context) {
    const { name } = modelNamed(call, context);
    await context.database.ping();
    return { name, ready: true };
  },
});
