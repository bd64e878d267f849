/** What the page of `/docs` loads. */
import { pageFile, pageFiles } from '../docs/page.ts';
import { defineRoute } from '../route.ts';

export const docsFile = defineRoute({
  id: 'docs-file',
  method: 'GET',
  url: '/docs/:file',
  scope: null,
  isPage: true,
  summary: 'A file of the page',
  schema: {
    params: {
      type: 'object',
      properties: { file: { enum: Object.keys(pageFiles) } },
      required: ['file'],
    },
    response: { 200: { type: 'string' } },
  },
  async handle({ request, reply }) {
    const { file } = request.params as { file: keyof typeof pageFiles };
    const { type, bytes } = await pageFile(file);
    // The version of the package names what they hold, and an hour is soon over.
    reply.header('cache-control', 'public, max-age=3600').type(type);
    return bytes;
  },
});
