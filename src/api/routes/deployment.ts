/** What is deployed of one name. */
import { deploymentAnswer, deploymentSchema, nameOf, nameParameter } from '../deployments/answer.ts';
import { defineRoute } from '../route.ts';

export const deployment = defineRoute({
  id: 'deployment',
  method: 'GET',
  url: '/v1/deployments/:name',
  scope: 'read',
  summary: 'Champion, canary and shadow of one name, with limits and what was sent back last',
  schema: { params: nameParameter, response: { 200: deploymentSchema } },
  handle: (call, context) => deploymentAnswer(context, nameOf(call)),
});
