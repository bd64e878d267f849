/** Why one customer has its score: what each column adds. */
import { answerBody, answerProperties, answerRequired, modelOf, modelSchema } from '../answer.ts';
import { caution, cautionSchema, customerIn } from '../one-customer.ts';
import { defineRoute } from '../route.ts';
import { mostReasons } from './predict-many.ts';

const defaultReasons = 3;

export const explain = defineRoute({
  id: 'explain',
  method: 'POST',
  url: '/v1/explain',
  scope: 'score',
  summary: 'Why a customer has its score',
  description:
    'What each column of the contract adds to the score: `base` and the contributions together are the score on the scale \
of `link`. Nothing is written to the log.',
  schema: {
    body: {
      type: 'object',
      properties: {
        customer: { $ref: 'Customer#' },
        reasons: { type: 'integer', minimum: 0, maximum: mostReasons, description: '3 by default.' },
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
          ...answerProperties,
          threshold: { type: 'number' },
          method: { enum: ['exact-shap', 'sampled-shap'] },
          link: { enum: ['logit', 'probability'] },
          base: { type: 'number', description: 'Where the sum starts: the average customer.' },
          baseProbability: { type: 'number', minimum: 0, maximum: 1 },
          contributions: {
            type: 'array',
            description: 'The strongest first.',
            items: {
              type: 'object',
              properties: {
                column: { type: 'string' },
                value: { type: ['string', 'number', 'boolean', 'null'] },
                contribution: { type: 'number' },
                standardError: {
                  type: ['number', 'null'],
                  description: 'Where contributions are sampled; null where they are exact.',
                },
              },
              required: ['column', 'value', 'contribution', 'standardError'],
            },
          },
          reasons: { type: 'array', items: { type: 'string' } },
          caution: cautionSchema,
        },
        required: [
          'requestId',
          'model',
          ...answerRequired,
          'threshold',
          'method',
          'link',
          'base',
          'baseProbability',
          'contributions',
          'reasons',
          'caution',
        ],
      },
    },
  },
  async handle({ request, requestId }, context) {
    const { model, customer } = customerIn(request.body, context);
    const { reasons: most = defaultReasons } = request.body as { readonly reasons?: number };
    using explaining = model.explainer.enter(1);
    const { attribution, reasons } = await explaining.score(customer, most);
    const { method, link, base, baseProbability, columns: contributions } = attribution;
    return {
      requestId,
      model: modelOf(model),
      ...answerBody(model.reader.idOf(customer), model.answer([customer])[0]!),
      threshold: model.loaded.manifest.threshold.value,
      ...{ method, link, base, baseProbability, contributions, reasons, caution },
    };
  },
});
