/** Ready: a model is loaded and the database answers. Load balancers ask this. */
import { sql } from 'kysely';
import { UnavailableError } from '../../base/errors.ts';
import { defineRoute } from '../route.ts';

export const ready = defineRoute({
  id: 'ready',
  method: 'GET',
  url: '/ready',
  scope: null,
  summary: 'Can the server score and write its log?',
  schema: {
    response: {
      200: {
        type: 'object',
        properties: { status: { const: 'ready' }, model: { type: 'string' } },
        required: ['status', 'model'],
      },
    },
  },
  async handle(_, { database, served }) {
    const place = served.placeFor(null);
    if (!place)
      throw new UnavailableError('serving.no-model', 'serving: no model is deployed; promote one', {});
    await sql`select 1`.execute(database.db);
    return { status: 'ready', model: place.model.label };
  },
});
