/** MLflow's scoring protocol: what `mlflow models serve` answers, so that its clients need no change. */
import { liveModelOf } from '../answer.ts';
import { answerCustomers } from '../answer-customers.ts';
import { countIgnored, tellIgnored } from '../ignored-columns.ts';
import { parsedJson } from '../limits/json-body.ts';
import { frameSchema, readFrame } from '../mlflow/frame.ts';
import { parseWithNaN } from '../mlflow/json-with-nan.ts';
import { mlflowRefusal } from '../mlflow/refusal.ts';
import { defineRoute } from '../route.ts';
import { mostValuesOfCustomers } from '../server-limits.ts';
import { mostCustomers } from './predict-many.ts';

export const invocations = defineRoute({
  id: 'invocations',
  method: 'POST',
  url: '/invocations',
  scope: 'score',
  summary: "How likely customers are to leave, in MLflow's scoring protocol",
  description: `Up to ${mostCustomers} customers as dataframe_split, dataframe_records, instances or inputs; P(churn) for each. \
NaN and null are missing values. Columns that the contract doesn't name are ignored and counted in the header \
x-holdfast-ignored-columns. Refusals are \`{ error_code, message }\`.`,
  body: { types: ['application/json'], read: readBody },
  refuse: mlflowRefusal,
  isRepeatable: true,
  schema: {
    body: frameSchema(mostCustomers),
    response: {
      200: {
        type: 'object',
        properties: { predictions: { type: 'array', items: { type: 'number' } } },
        required: ['predictions'],
      },
    },
  },
  async handle(call, context) {
    const { customers, locate } = readFrame(call.request.body as object);
    tellIgnored(call.reply, countIgnored(liveModelOf(context), customers));
    const { rows } = await answerCustomers(call, context, { customers, unknown: 'ignore', locate });
    return { predictions: rows.map(({ answer }) => answer.churnProbability) };
  },
});

function readBody(body: Uint8Array): unknown {
  return parsedJson(body, 'the body', (text) => parseWithNaN(text, JSON.parse), {
    values: mostValuesOfCustomers,
    orElse: 'the body is not valid JSON (NaN is taken for a missing value)',
  });
}
