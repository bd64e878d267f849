/** Who opens the address of the server in a browser finds the page that tells what it can do. */
import { defineRoute } from '../route.ts';

export const home = defineRoute({
  id: 'home',
  method: 'GET',
  url: '/',
  scope: null,
  isPage: true,
  summary: 'Leads to the page to try the API',
  schema: { response: { 302: { type: 'null' } } },
  async handle({ reply }) {
    await reply.redirect('/docs', 302);
    return undefined;
  },
});
