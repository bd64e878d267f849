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
  noteIn,
  noteQuery,
  openingIn,
} from '../deployments/answer.ts';
import { defineRoute } from '../route.ts';

export const deploymentRollback = defineRoute({
  id: 'deployment-rollback',
  method: 'POST',
  url: '/v1/deployments/:name/rollback',
  scope: 'operate',
  summary: 'Make the version champion that was it before',
  description:
    'Asks for nothing, not even a body: going back must work when things burn. Twice goes two back.',
  problems: [409],
  schema: { params: nameParameter, querystring: noteQuery, response: { 200: deploymentSchema } },
  async handle(call, context) {
    const name = nameOf(call);
    await deploymentAnswer(context, name);
    const by = actingIn(call, context);
    await putToWork(
      openingIn(context),
      (transaction) => rollBackChampionWithin(transaction, name, by, noteIn(call)),
      ({ version }) => version,
    );
    return changedAnswer(context, name);
  },
});
