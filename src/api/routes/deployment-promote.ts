/** Makes the canary, or the version that is named, the champion. */
import type { PromoteOptions } from '../../registry/promote.ts';
import { promoteCanaryWithin, promoteChampionWithin } from '../../serving/deployments/move-champion.ts';
import { putToWork } from '../../serving/deployments/put-to-work.ts';
import { actingIn } from '../acting.ts';
import {
  changedAnswer,
  deploymentAnswer,
  deploymentSchema,
  nameOf,
  nameParameter,
  noteSchema,
  openingIn,
  versionNumber,
} from '../deployments/answer.ts';
import { defineRoute } from '../route.ts';

interface Body extends PromoteOptions {
  readonly version?: number;
}

export const deploymentPromote = defineRoute({
  id: 'deployment-promote',
  method: 'POST',
  url: '/v1/deployments/:name/promote',
  scope: 'operate',
  summary: 'Make the canary the champion, or the version that is named',
  description:
    'The gate must have passed it, and another person approved it where four eyes are asked for. The champion again changes nothing.',
  problems: [409],
  schema: {
    params: nameParameter,
    body: {
      type: 'object',
      properties: {
        version: { ...versionNumber, description: 'The canary without it.' },
        note: noteSchema,
        force: { type: 'boolean', description: 'Although its gate refused it; needs a note.' },
      },
      additionalProperties: false,
      'x-told': { anyOf: [{ properties: { force: { const: false } } }, { required: ['note'] }] },
      examples: [{ note: 'a week as canary' }],
    },
    response: { 200: deploymentSchema },
  },
  async handle(call, context) {
    const { version, ...options } = call.request.body as Body;
    const name = nameOf(call);
    const by = actingIn(call, context);
    // A name that nobody knows has no canary either, but is told apart.
    if (version === undefined) await deploymentAnswer(context, name);
    await putToWork(
      openingIn(context),
      (transaction) =>
        version === undefined
          ? promoteCanaryWithin(transaction, name, by, options)
          : promoteChampionWithin(transaction, { name, version }, by, options),
      (done) => done.version,
    );
    return changedAnswer(context, name);
  },
});
