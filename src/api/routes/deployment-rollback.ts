/** The champion before answers again. */
import { rollBackChampionWithin } from '../../serving/deployments/move-champion.ts';
import { putToWork } from '../../serving/deployments/put-to-work.ts';
import { actingIn } from '../acting.ts';
import {
  changedAnswer,
  deploymentAnswer,
  deploymentSchema,
  nameOf,
  nameParameter,
  noteQuery,
  openingIn,
} from '../deployments/answer.ts';
import { defineRoute, type RouteCall } from '../route.ts';

export const deploymentRollback = defineRoute({
  id: 'deployment-rollback',
  method: 'POST',
  url: '/v1/deployments/:name/rollback',
  scope: 'operate',
  summary: 'Make the version champion that was it before',
  description:
    'Asks for nothing, not even a body: going back must work when things burn. Twice goes two back, unless `from` says which version is to be left.',
  problems: [409],
  schema: {
    params: nameParameter,
    querystring: {
      ...noteQuery,
      properties: {
        ...noteQuery.properties,
        from: {
          type: 'string',
          pattern: '^[1-9]\\d{0,8}$',
          description:
            'Only while this version is champion; else 409, and nothing changes. Such a request may be sent again.',
        },
      },
    },
    response: { 200: deploymentSchema },
  },
  async handle(call, context) {
    const name = nameOf(call);
    await deploymentAnswer(context, name);
    const by = actingIn(call, context);
    await putToWork(
      openingIn(context),
      (transaction) => rollBackChampionWithin(transaction, name, by, optionsIn(call)),
      ({ version }) => version,
    );
    return changedAnswer(context, name);
  },
});

function optionsIn({ request }: RouteCall) {
  const { note, from } = request.query as { readonly note?: string; readonly from?: string };
  return { ...(note !== undefined && { note }), ...(from !== undefined && { from: Number(from) }) };
}
