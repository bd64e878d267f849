/** For Prometheus. */
import { defineRoute } from '../route.ts';

export const metrics = defineRoute({
  id: 'metrics',
  method: 'GET',
  url: '/metrics',
  scope: 'read',
  summary: 'Metrics for Prometheus',
  description: 'With keys Prometheus brings one with the scope read: `authorization.credentials_file`.',
  produces: 'text/plain; version=0.0.4',
  schema: { response: { 200: { type: 'string', examples: ['holdfast_predictions_waiting 0\n'] } } },
  async handle({ reply }, { metrics: kept }) {
    reply.type(kept.contentType);
    return kept.text();
  },
});
