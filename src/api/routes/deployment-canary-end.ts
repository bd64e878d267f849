/** Ends a canary. */
import { deploymentSchema, endedAnswer, nameParameter, noteQuery } from '../deployments/answer.ts';
import { defineRoute } from '../route.ts';

export const deploymentCanaryEnd = defineRoute({
  id: 'deployment-canary-end',
  method: 'DELETE',
  url: '/v1/deployments/:name/canary',
  scope: 'operate',
  summary: 'End the canary: the champion answers all again',
  description: 'Without a canary nothing is changed.',
  problems: [409],
  schema: { params: nameParameter, querystring: noteQuery, response: { 200: deploymentSchema } },
  handle: (call, context) => endedAnswer(call, context, 'canary'),
});
