/** What would have to be different for a customer's score to fall below a target. */
import { modelOf, modelSchema } from '../answer.ts';
import { caution, cautionSchema, customerIn } from '../one-customer.ts';
import { defineRoute } from '../route.ts';

const defaultAnswers = 3;
const mostAnswers = 10;
const defaultColumns = 3;
const value = { type: ['string', 'number', 'boolean', 'null'] };

export const counterfactual = defineRoute({
  id: 'counterfactual',
  method: 'POST',
  url: '/v1/counterfactual',
  scope: 'score',
  summary: 'What would have to be different for a lower score',
  description:
    'The smallest changes of columns that the contract marks `actionable` which take the score below the target. The model \
has seen who stayed, not what made them stay. Nothing is written to the log.',
  schema: {
    body: {
      type: 'object',
      properties: {
        customer: { $ref: 'Customer#' },
        target: {
          type: 'number',
          exclusiveMinimum: 0,
          maximum: 1,
          description: "The score to get below; by default the model's threshold.",
        },
        answers: { type: 'integer', minimum: 1, maximum: mostAnswers, description: '3 by default.' },
        columns: {
          type: 'integer',
          minimum: 1,
          maximum: defaultColumns,
          description: 'Most columns changed at once, 3 by default.',
        },
      },
      required: ['customer'],
      additionalProperties: false,
    },
    response: {
      200: {
        type: 'object',
        properties: {
          requestId: { type: 'string' },
          model: modelSchema,
          id: { type: 'string' },
          churnProbability: { type: 'number', minimum: 0, maximum: 1 },
          target: { type: 'number' },
          answers: {
            type: 'array',
            description: 'The smallest change first.',
            items: {
              type: 'object',
              properties: {
                changes: {
                  type: 'array',
                  items: {
                    type: 'object',
                    properties: { column: { type: 'string' }, from: value, to: value },
                    required: ['column', 'from', 'to'],
                  },
                },
                churnProbability: { type: 'number', minimum: 0, maximum: 1 },
                distance: {
                  type: 'number',
                  description:
                    'Of a number the share of customers between old and new value, of a level 1; added up.',
                },
              },
              required: ['changes', 'churnProbability', 'distance'],
            },
          },
          reason: { type: ['string', 'null'], description: 'Why there is no answer.' },
          caution: cautionSchema,
        },
        required: ['requestId', 'model', 'churnProbability', 'target', 'answers', 'reason', 'caution'],
      },
    },
  },
  async handle({ request, requestId }, context) {
    const { model, customer } = customerIn(request.body, context);
    const body = request.body as {
      readonly target?: number;
      readonly answers?: number;
      readonly columns?: number;
    };
    const target = body.target ?? model.loaded.manifest.threshold.value;
    using explaining = model.explainer.enter(1);
    const found = await explaining.counterfactuals(customer, {
      target,
      mostAnswers: body.answers ?? defaultAnswers,
      mostColumns: body.columns ?? defaultColumns,
    });
    const id = model.reader.idOf(customer);
    const answers = (found?.answers ?? []).map(({ changes, score, distance }) => ({
      changes,
      churnProbability: score,
      distance,
    }));
    const reason =
      found === null
        ? 'no column that the model uses is marked actionable: true in the contract'
        : found.reason;
    return {
      requestId,
      model: modelOf(model),
      ...(id !== null && { id }),
      churnProbability: model.answer([customer])[0]!.churnProbability,
      ...{ target, answers, reason, caution },
    };
  },
});
