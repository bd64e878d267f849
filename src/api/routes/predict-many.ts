/** One customer or up to 10,000 in one request. */
import type { Explaining } from '../../serving/explainer.ts';
import {
  answerBody,
  answerProperties,
  answerRequired,
  listedUnder,
  modelOf,
  modelSchema,
} from '../answer.ts';
import { answerCustomers } from '../answer-customers.ts';
import { FieldsError } from '../problem.ts';
import { defineRoute } from '../route.ts';
import type { RowGroup } from '../score-rows.ts';
import { mostValuesOfCustomers } from '../server-limits.ts';

export const mostCustomers = 10_000;
/** Reasons cost far more than scores. */
export const mostWithReasons = 1000;
export const mostReasons = 10;

export const predictMany = defineRoute({
  id: 'predict-many',
  method: 'POST',
  url: '/v1/predict',
  scope: 'score',
  summary: 'How likely customers are to leave',
  description: `Up to ${mostCustomers} customers, ${mostWithReasons} with reasons; all are answered or none.`,
  isRepeatable: true,
  mostValues: mostValuesOfCustomers,
  schema: {
    body: {
      type: 'object',
      properties: {
        customers: { type: 'array', minItems: 1, maxItems: mostCustomers, items: { $ref: 'Customer#' } },
        reasons: {
          type: 'integer',
          minimum: 0,
          maximum: mostReasons,
          description: 'How many reasons in words each prediction is to have; 0 by default.',
        },
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
                reasons: {
                  type: 'array',
                  items: { type: 'string' },
                  description:
                    'The loudest first; fewer where nothing more moved the score. Associated, not caused.',
                },
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
  async handle(call, context) {
    const { customers, reasons = 0 } = call.request.body as {
      readonly customers: readonly unknown[];
      readonly reasons?: number;
    };
    if (reasons > 0 && customers.length > mostWithReasons) {
      const message = `must have at most ${mostWithReasons} customers where reasons are asked for`;
      throw new FieldsError([{ path: '/customers', message }]);
    }
    using entered = new DisposableStack();
    const explaining = new Map<RowGroup, Explaining>();
    const enterAll = (groups: readonly RowGroup[]): void => {
      if (reasons === 0) return;
      for (const group of groups)
        if (!explaining.has(group)) explaining.set(group, entered.use(enter(group)));
    };
    const { requestId, groups, rows } = await answerCustomers(call, context, {
      customers,
      unknown: 'refuse',
      locate: listedUnder('/customers'),
      // Before scoring: a request that is refused has no row in the log.
      beforeScoring: enterAll,
    });
    // One that is sent again is explained by the models that answered then.
    enterAll(groups);
    const texts: string[][] = [];
    for (const group of groups) {
      const told = (await explaining.get(group)?.reasons(group.customers, reasons)) ?? [];
      for (const [i, row] of group.rows.entries()) if (told[i]) texts[row] = told[i];
    }
    const { model: first } = groups.find(({ slot }) => slot === 'live') ?? groups[0]!;
    const predictions = rows.map(({ id, answer, model }, row) => ({
      ...answerBody(id, answer),
      ...(texts[row] && { reasons: texts[row] }),
      ...(model !== first && { model: modelOf(model) }),
    }));
    return { requestId, model: modelOf(first), predictions };
  },
});

const enter = ({ model, rows }: RowGroup) => model.explainer.enter(rows.length);
