/** One customer or up to 10,000 in one request. */
import {
  answerBody,
  answerProperties,
  answerRequired,
  checkCustomers,
  deployedPlace,
  modelOf,
  modelSchema,
} from '../answer.ts';
import { defineRoute } from '../route.ts';

export const mostCustomers = 10_000;

export const predictMany = defineRoute({
  id: 'predict-many',
  method: 'POST',
  url: '/v1/predict',
  scope: 'score',
  summary: 'How likely customers are to leave',
  description: 'Up to 10,000 customers; all are answered or none.',
  schema: {
    body: {
      type: 'object',
      properties: {
        customers: { type: 'array', minItems: 1, maxItems: mostCustomers, items: { $ref: 'Customer#' } },
      },
      required: ['customers'],
      additionalProperties: false,
    },
    response: {
      200: {
        type: 'object',
        properties: {
          requestId: { type: 'string' },
          model: modelSchema,
          predictions: {
            type: 'array',
            items: { type: 'object', properties: answerProperties, required: [...answerRequired] },
          },
        },
        required: ['requestId', 'model', 'predictions'],
      },
    },
  },
  async handle({ request, requestId, keyId, arrivedMs }, context) {
    const { model, slot } = deployedPlace(context, null);
    const { customers } = request.body as { customers: readonly unknown[] };
    checkCustomers(model, customers, 'refuse', (row) => `/customers/${row}`);
    const answers = await context.predictions.predict({
      requestId,
      customers,
      model,
      slot,
      keyId,
      arrivedMs,
    });
    return {
      requestId,
      model: modelOf(model),
      predictions: answers.map((answer, row) => answerBody(model.reader.idOf(customers[row]!), answer)),
    };
  },
});
