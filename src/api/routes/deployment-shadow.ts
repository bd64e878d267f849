/** Has a version score along unheard. */
import { changeDeploymentWithin } from '../../serving/deployments/deployment.ts';
import { putToWork } from '../../serving/deployments/put-to-work.ts';
import { actingIn } from '../acting.ts';
import {
  changedAnswer,
  deploymentSchema,
  nameOf,
  nameParameter,
  noteSchema,
  openingIn,
  versionNumber,
} from '../deployments/answer.ts';
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
        version: versionNumber,
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
    const change = { shadow: { version }, ...rest };
    const by = actingIn(call, context);
    await putToWork(
      openingIn(context),
      (transaction) => changeDeploymentWithin(transaction, name, change, by),
      () => ({ name, version }),
    );
    return changedAnswer(context, name);
  },
});
