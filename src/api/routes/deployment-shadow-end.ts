/** Ends a shadow. */
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

export const deploymentShadowEnd = defineRoute({
  id: 'deployment-shadow-end',
  method: 'DELETE',
  url: '/v1/deployments/:name/shadow',
  scope: 'operate',
  summary: 'End the shadow: it scores along no more',
  description: 'Without a shadow nothing is changed.',
  problems: [409],
  schema: { params: nameParameter, querystring: noteQuery, response: { 200: deploymentSchema } },
  async handle(call, context) {
    const name = nameOf(call);
    // A name that nobody knows is told before anything is written about it.
    await deploymentAnswer(context, name);
    const change = { shadow: null, ...noteIn(call) };
    await changeDeployment(context.database, name, change, actingIn(call, context));
    return changedAnswer(context, name);
  },
});
