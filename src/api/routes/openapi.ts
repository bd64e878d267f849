/** The API's description, with the deployed model's own customer. */
import { packageVersion } from '../../app.ts';
import { openApiDocument } from '../openapi/document.ts';
import { defineRoute } from '../route.ts';

export const openapi = defineRoute({
  id: 'openapi',
  method: 'GET',
  url: '/openapi.json',
  scope: null,
  summary: 'This description',
  description: 'OpenAPI 3.1. The schema Customer is that of the model that answers now.',
  schema: {
    response: {
      200: {
        type: 'object',
        properties: { openapi: { const: '3.1.0' } },
        required: ['openapi'],
        additionalProperties: true,
      },
    },
  },
  handle: async (_, { routes, served, keeper }) =>
    openApiDocument({
      routes,
      model: served.live(),
      needsKeys: await keeper.needsKeys(),
      version: packageVersion(),
    }),
});
