/** One customer, as short as possible: the body is the customer. */
import {
  answerBody,
  answerProperties,
  answerRequired,
  checkCustomers,
  modelOf,
  modelSchema,
  placeOf,
} from '../answer.ts';
import { defineRoute } from '../route.ts';

export const predict = defineRoute({
  id: 'predict',
  method: 'POST',
  url: '/predict',
  scope: 'score',
  summary: 'How likely one customer is to leave',
  description:
    'The body is one raw customer: the columns of the contract. Answered when the prediction is in the log.',
  schema: {
    body: { $ref: 'Customer#' },
    response: {
      200: {
        type: 'object',
        properties: { requestId: { type: 'string' }, ...answerProperties, model: modelSchema },
        required: ['requestId', ...answerRequired, 'model'],
      },
    },
  },
  async handle({ request, requestId, keyId, arrivedMs }, context) {
    const { model, slot } = placeOf(context, request.body);
    const customers: readonly unknown[] = [request.body];
    checkCustomers(model, customers, 'refuse', (_, problem) => problem);
    const [answer] = await context.predictions.predict({
      requestId,
      customers,
      model,
      slot,
      keyId,
      arrivedMs,
    });
    return { requestId, ...answerBody(model.reader.idOf(customers[0]!), answer!), model: modelOf(model) };
  },
});
