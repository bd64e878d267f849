/** Ends a shadow. */
import { deploymentSchema, endedAnswer, nameParameter, noteQuery } from '../deployments/answer.ts';
import { defineRoute } from '../route.ts';

export const deploymentShadowEnd = defineRoute({
  id: 'deployment-shadow-end',
  method: 'DELETE',
  url: '/v1/deployments/:name/shadow',
  scope: 'operate',
  summary: 'End the shadow: it scores along no more',
  description: 'Without a shadow nothing is changed.',
  problems: [409],
  schema: { params: nameParameter, querystring: noteQuery, response: { 200: deploymentSchema } },
  handle: (call, context) => endedAnswer(call, context, 'shadow'),
});
