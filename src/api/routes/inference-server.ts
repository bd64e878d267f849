/** What the server is, in the Open Inference Protocol. */
import { packageVersion } from '../../app.ts';
import { inferenceRefusal } from '../inference/refusal.ts';
import { defineRoute } from '../route.ts';

export const inferenceServer = defineRoute({
  id: 'inference-server',
  method: 'GET',
  url: '/v2',
  scope: null,
  summary: 'Name and version of the server, in the Open Inference Protocol',
  refuse: inferenceRefusal,
  schema: {
    response: {
      200: {
        type: 'object',
        properties: {
          name: { type: 'string' },
          version: { type: 'string' },
          extensions: { type: 'array', items: { type: 'string' } },
        },
        required: ['name', 'version', 'extensions'],
      },
    },
  },
  handle: async () => ({ name: 'holdfast', version: packageVersion(), extensions: [] }),
});
