/** Ends a canary. */
import { changeDeployment } from '../../serving/deployments/deployment.ts';
import { actingIn } from '../acting.ts';
import {
  changedAnswer,
  deploymentAnswer,
  deploymentSchema,
  nameOf,
  nameParameter,
  noteIn,
  noteQuery,
} from '../deployments/answer.ts';
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
  async handle(call, context) {
    const name = nameOf(call);
    // A name that nobody knows is told before anything is written about it.
    await deploymentAnswer(context, name);
    const change = { canary: null, ...noteIn(call) };
    await changeDeployment(context.database, name, change, actingIn(call, context));
    return changedAnswer(context, name);
  },
});
