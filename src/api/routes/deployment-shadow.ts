/** Has a version score along unheard. */
import { changeDeployment } from '../../serving/deployments/deployment.ts';
import { actingIn } from '../acting.ts';
import { changedAnswer, deploymentSchema, nameOf, nameParameter, noteSchema } from '../deployments/answer.ts';
import { defineRoute } from '../route.ts';

interface Body {
  readonly version: number;
  readonly note?: string;
}

export const deploymentShadow = defineRoute({
  id: 'deployment-shadow',
  method: 'POST',
  url: '/v1/deployments/:name/shadow',
  scope: 'operate',
  summary: 'Have a version score along: logged, answered to nobody',
  description: 'A version that its gate refused may be a shadow. The same again changes nothing.',
  problems: [409],
  schema: {
    params: nameParameter,
    body: {
      type: 'object',
      properties: {
        version: { type: 'integer', minimum: 1, maximum: 999_999_999 },
        note: noteSchema,
      },
      required: ['version'],
      additionalProperties: false,
      examples: [{ version: 3, note: 'new features' }],
    },
    response: { 200: deploymentSchema },
  },
  async handle(call, context) {
    const { version, ...rest } = call.request.body as Body;
    const name = nameOf(call);
    await changeDeployment(context.database, name, { shadow: { version }, ...rest }, actingIn(call, context));
    return changedAnswer(context, name);
  },
});
