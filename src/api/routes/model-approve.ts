/** A person says that a version may answer, and why. */
import { KeyError } from '../../base/errors.ts';
import { approve } from '../../registry/approve.ts';
import { versionJson } from '../../registry/version-json.ts';
import { actingIn } from '../acting.ts';
import { noteSchema } from '../deployments/answer.ts';
import { versionNamed, versionParameter } from '../models/version-named.ts';
import { defineRoute } from '../route.ts';
import { versionSchema } from './models.ts';

export const modelApprove = defineRoute({
  id: 'model-approve',
  method: 'POST',
  url: '/v1/models/:id/approve',
  scope: 'approve',
  summary: 'Approve a version, with the reason',
  description:
    'Needs a key also where the server asks for none: an approval says who gave it. Where four eyes are asked for, the key that registered a version can not approve it. A key that has approved it already is answered as the first time; nothing is added.',
  problems: [401, 409],
  schema: {
    params: versionParameter,
    body: {
      type: 'object',
      properties: { note: noteSchema },
      required: ['note'],
      additionalProperties: false,
      examples: [{ note: 'report read, calibration sound' }],
    },
    response: { 200: versionSchema() },
  },
  async handle(call, context) {
    if (call.keyId === null) throw keyless();
    const { note } = call.request.body as { readonly note: string };
    const version = await versionNamed(call, context);
    return versionJson(await approve(context.database, version, note, actingIn(call, context)));
  },
});

const keyless = (): Error =>
  new KeyError(
    'key.needed',
    'an approval needs a key, which says who approved: run holdfast keys create NAME --scope approve, or approve with holdfast models approve',
  );
