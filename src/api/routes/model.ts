/** One registered model. */
import { versionJson } from '../../registry/version-json.ts';
import { versionNamed, versionParameter } from '../models/version-named.ts';
import { defineRoute } from '../route.ts';
import { versionSchema } from './models.ts';

export const model = defineRoute({
  id: 'model',
  method: 'GET',
  url: '/v1/models/:id',
  scope: 'read',
  summary: 'One registered model',
  problems: [409],
  schema: { params: versionParameter, response: { 200: versionSchema() } },
  handle: async (call, context) => versionJson(await versionNamed(call, context)),
});
