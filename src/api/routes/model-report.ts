/** Everything that a model's report tells. */
import { factsNamed, namedIn, namedSchema, versionParameter } from '../models/version-named.ts';
import { defineRoute } from '../route.ts';

export const modelReport = defineRoute({
  id: 'model-report',
  method: 'GET',
  url: '/v1/models/:id/report',
  scope: 'read',
  summary: 'The report of a model: what it was trained on, how it was chosen and how good it is',
  description: 'What `holdfast report --format json` gives, and which version it is of.',
  problems: [409],
  schema: {
    params: versionParameter,
    response: {
      200: {
        type: 'object',
        properties: {
          report: { const: 'training' },
          version: { const: 1, description: 'Of this form.' },
          of: namedSchema,
        },
        required: ['report', 'version', 'of'],
        additionalProperties: true,
      },
    },
  },
  async handle(call, context) {
    const { version, facts } = await factsNamed(call, context);
    return { report: 'training', version: 1, of: namedIn(version), ...facts };
  },
});
