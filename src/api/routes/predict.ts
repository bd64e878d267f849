/** One customer, as short as possible: the body is the customer. */
import { answerBody, answerProperties, answerRequired, modelOf, modelSchema } from '../answer.ts';
import { answerCustomers } from '../answer-customers.ts';
import { defineRoute } from '../route.ts';

export const predict = defineRoute({
  id: 'predict',
  method: 'POST',
  url: '/predict',
  scope: 'score',
  summary: 'How likely one customer is to leave',
  description:
    'The body is one raw customer: the columns of the contract. Answered when the prediction is in the log.',
  isRepeatable: true,
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
  async handle(call, context) {
    const { requestId, rows } = await answerCustomers(call, context, {
      customers: [call.request.body],
      unknown: 'refuse',
      locate: (_, problem) => problem,
    });
    const { id, answer, model } = rows[0]!;
    return { requestId, ...answerBody(id, answer), model: modelOf(model) };
  },
});
