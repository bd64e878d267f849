/** The registered models. */
import { stages } from '../../registry/model-version.ts';
import { versionJson } from '../../registry/version-json.ts';
import { listVersions, type VersionFilter } from '../../registry/versions.ts';
import { defineRoute } from '../route.ts';

export const models = defineRoute({
  id: 'models',
  method: 'GET',
  url: '/v1/models',
  scope: 'read',
  summary: 'The registered models, by name, in each the newest first',
  schema: {
    querystring: {
      type: 'object',
      properties: {
        name: { type: 'string', minLength: 1, maxLength: 100, description: 'Versions of this model only.' },
        stage: { enum: stages, description: 'Versions of this stage only.' },
      },
      additionalProperties: false,
    },
    response: {
      200: {
        type: 'object',
        properties: { models: { type: 'array', items: versionSchema() } },
        required: ['models'],
      },
    },
  },
  async handle({ request }, { database }) {
    const filter = request.query as VersionFilter;
    return { models: (await listVersions(database, filter)).map(versionJson) };
  },
});

/** What programs rely on; more may come. */
export function versionSchema() {
  const text = { type: 'string' };
  return {
    type: 'object',
    properties: {
      name: text,
      version: { type: 'integer' },
      modelId: text,
      label: text,
      passed: { type: 'boolean', description: 'Its gate let it through.' },
      stage: { enum: stages },
      aliases: { type: 'array', items: text },
      created: text,
      registered: text,
    },
    required: ['name', 'version', 'modelId', 'label', 'passed', 'stage', 'aliases', 'created', 'registered'],
    additionalProperties: true,
  };
}
