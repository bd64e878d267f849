/** Has a version answer a share of the customers. */
import { changeDeploymentWithin } from '../../serving/deployments/deployment.ts';
import type { WatchLimits } from '../../serving/deployments/judge-slot.ts';
import { putToWork } from '../../serving/deployments/put-to-work.ts';
import { actingIn } from '../acting.ts';
import {
  changedAnswer,
  deploymentSchema,
  limitsSchema,
  nameOf,
  nameParameter,
  noteSchema,
  openingIn,
  versionNumber,
} from '../deployments/answer.ts';
import { defineRoute } from '../route.ts';

interface Body {
  readonly version: number;
  readonly weight: number;
  readonly limits?: Partial<WatchLimits>;
  readonly note?: string;
}

export const deploymentCanary = defineRoute({
  id: 'deployment-canary',
  method: 'POST',
  url: '/v1/deployments/:name/canary',
  scope: 'operate',
  summary: 'Have a version answer a share of the customers',
  description:
    'A customer keeps its slot while the canary stays. The same again changes nothing; another weight moves customers to or from the canary.',
  problems: [409],
  schema: {
    params: nameParameter,
    body: {
      type: 'object',
      properties: {
        version: versionNumber,
        weight: {
          type: 'number',
          exclusiveMinimum: 0,
          exclusiveMaximum: 1,
          description: 'Share of the customers.',
        },
        limits: limitsSchema,
        note: noteSchema,
      },
      required: ['version', 'weight'],
      additionalProperties: false,
      examples: [{ version: 3, weight: 0.1, note: 'March data' }],
    },
    response: { 200: deploymentSchema },
  },
  async handle(call, context) {
    const { version, weight: share, ...rest } = call.request.body as Body;
    const name = nameOf(call);
    const change = { canary: { version, share }, ...rest };
    const by = actingIn(call, context);
    await putToWork(
      openingIn(context),
      (transaction) => changeDeploymentWithin(transaction, name, change, by),
      () => ({ name, version }),
    );
    return changedAnswer(context, name);
  },
});
