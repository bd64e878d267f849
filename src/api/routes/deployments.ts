/** What is deployed, of every name. */
import { listDeployments } from '../../serving/deployments/deployment-state.ts';
import { answerOf, deploymentSchema } from '../deployments/answer.ts';
import { defineRoute } from '../route.ts';

export const deployments = defineRoute({
  id: 'deployments',
  method: 'GET',
  url: '/v1/deployments',
  scope: 'read',
  summary: 'Champion, canary and shadow of every name that has a champion',
  schema: {
    response: {
      200: {
        type: 'object',
        properties: { deployments: { type: 'array', items: deploymentSchema } },
        required: ['deployments'],
      },
    },
  },
  async handle(_, context) {
    const states = await listDeployments(context.database);
    return { deployments: await Promise.all(states.map((state) => answerOf(context, state))) };
  },
});
