/** The curves of a model on its hold-out. */
import { factsNamed, namedIn, namedSchema, versionParameter } from '../models/version-named.ts';
import { defineRoute } from '../route.ts';

const points = { type: 'array', items: { type: 'object', additionalProperties: true } };

export const modelCurves = defineRoute({
  id: 'model-curves',
  method: 'GET',
  url: '/v1/models/:id/curves',
  scope: 'read',
  summary: 'The curves of a model on customers it has not seen',
  problems: [409],
  schema: {
    params: versionParameter,
    response: {
      200: {
        type: 'object',
        properties: {
          model: namedSchema,
          rows: { type: 'integer', description: 'Customers of the hold-out.' },
          threshold: { type: 'number' },
          roc: points,
          pr: points,
          calibration: points,
          gain: points,
          profit: { ...points, description: 'Only for a model with a profit section.' },
        },
        required: ['model', 'rows', 'threshold', 'roc', 'pr', 'calibration', 'gain'],
      },
    },
  },
  async handle(call, context) {
    const { version, facts } = await factsNamed(call, context);
    return {
      model: namedIn(version),
      rows: facts.holdout.rows,
      threshold: facts.threshold.value,
      ...facts.curves,
    };
  },
});
