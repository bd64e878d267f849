/** One customer or up to 10,000 in one request. */

import type { RawCustomer } from '../../serving/customer-reader.ts';
import {
  answerBody,
  answerProperties,
  answerRequired,
  checkCustomers,
  liveModelOf,
  modelOf,
  modelSchema,
  placeOf,
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
            items: {
              type: 'object',
              properties: {
                ...answerProperties,
                model: { ...modelSchema, description: 'Where another model than the one above answered.' },
              },
              required: [...answerRequired],
            },
          },
        },
        required: ['requestId', 'model', 'predictions'],
      },
    },
  },
  async handle({ request, requestId, keyId, arrivedMs }, context) {
    const { customers } = request.body as { customers: readonly unknown[] };
    const live = liveModelOf(context);
    const places = customers.map((customer) => placeOf(context, customer));
    const groups = Map.groupBy(customers.keys(), (row) => places[row]!.model);
    for (const [model, rows] of groups)
      checkCustomers(
        model,
        rows.map((row) => customers[row]),
        'refuse',
        (i) => `/customers/${rows[i]}`,
      );
    const predictions: object[] = new Array(customers.length);
    await Promise.all(
      [...groups].map(async ([model, rows]) => {
        const of = rows.map((row) => customers[row]) as RawCustomer[];
        const { slot } = places[rows[0]!]!;
        const answers = await context.predictions.predict({
          ...{ requestId, customers: of, rowIndices: rows, model, slot, keyId, arrivedMs },
        });
        for (const [i, row] of rows.entries()) {
          const body = answerBody(model.reader.idOf(of[i]!), answers[i]!);
          predictions[row] = model === live ? body : { ...body, model: modelOf(model) };
        }
      }),
    );
    return { requestId, model: modelOf(live), predictions };
  },
});
