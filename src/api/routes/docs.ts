/** A page to read and try the API: Swagger UI from this server, nothing from elsewhere. */
import { pageHeaders, pageText } from '../docs/page.ts';
import { defineRoute } from '../route.ts';

export const docs = defineRoute({
  id: 'docs',
  method: 'GET',
  url: '/docs',
  scope: null,
  isPage: true,
  summary: 'A page to try the API',
  produces: 'text/html; charset=utf-8',
  schema: { response: { 200: { type: 'string' } } },
  async handle({ reply }) {
    reply.headers(pageHeaders).type('text/html; charset=utf-8');
    return pageText;
  },
});
