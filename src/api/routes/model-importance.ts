/** Which columns a model leans on. */
import { factsNamed, namedIn, namedSchema, versionParameter } from '../models/version-named.ts';
import { defineRoute } from '../route.ts';

export const modelImportance = defineRoute({
  id: 'model-importance',
  method: 'GET',
  url: '/v1/models/:id/importance',
  scope: 'read',
  summary: 'Which columns a model leans on',
  problems: [409],
  schema: {
    params: versionParameter,
    response: {
      200: {
        type: 'object',
        properties: {
          model: namedSchema,
          method: { type: 'string' },
          contribution: { type: ['string', 'null'], description: 'What `meanContribution` is.' },
          columns: {
            type: 'array',
            items: {
              type: 'object',
              properties: {
                rank: { type: 'integer' },
                column: { type: 'string' },
                importance: { type: 'number' },
                sd: { type: 'number' },
                meanContribution: { type: ['number', 'null'] },
              },
              required: ['rank', 'column', 'importance', 'sd', 'meanContribution'],
            },
          },
        },
        required: ['model', 'method', 'contribution', 'columns'],
      },
    },
  },
  async handle(call, context) {
    const { version, facts } = await factsNamed(call, context);
    // Loads every chart with it, which a server that only scores never draws.
    const { importanceOf } = await import('../../tasks/report.ts');
    return { model: namedIn(version), ...importanceOf(facts) };
  },
});
