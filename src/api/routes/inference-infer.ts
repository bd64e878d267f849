/** Scoring in the Open Inference Protocol: one tensor a column in, one tensor of probabilities out. */
import { answerCustomers } from '../answer-customers.ts';
import { countIgnored, tellIgnored } from '../ignored-columns.ts';
import { modelNamed, nameParameter, versionText } from '../inference/model-named.ts';
import { inferenceRefusal } from '../inference/refusal.ts';
import { outputName, readTensors, type Tensor, tensorSchema } from '../inference/tensors.ts';
import { FieldsError } from '../problem.ts';
import { defineRoute } from '../route.ts';
import { mostValuesOfCustomers } from '../server-limits.ts';
import { mostCustomers } from './predict-many.ts';

const mostTensors = 10_000;

export const inferenceInfer = defineRoute({
  id: 'inference-infer',
  method: 'POST',
  url: '/v2/models/:name/infer',
  scope: 'score',
  summary: 'How likely customers are to leave, in the Open Inference Protocol',
  description: `Up to ${mostCustomers} customers, one tensor a column. A null is a missing value. Columns that the contract \
doesn't name are ignored and counted in the header x-holdfast-ignored-columns. Refusals are \`{ error }\`.`,
  // The Triton client sends its JSON without a content type.
  body: { types: ['application/json'], read: 'json' },
  refuse: inferenceRefusal,
  isRepeatable: true,
  mostValues: mostValuesOfCustomers,
  schema: {
    params: nameParameter,
    body: {
      type: 'object',
      properties: {
        id: { type: 'string', maxLength: 200, description: 'Comes back with the answer.' },
        parameters: { type: 'object', description: 'Not looked at.' },
        inputs: { type: 'array', minItems: 1, maxItems: mostTensors, items: tensorSchema(mostCustomers) },
        outputs: {
          type: 'array',
          maxItems: 1,
          items: {
            type: 'object',
            properties: {
              name: { type: 'string', 'x-told': { const: outputName } },
              parameters: { type: 'object' },
            },
            required: ['name'],
            additionalProperties: false,
          },
        },
      },
      required: ['inputs'],
      additionalProperties: false,
    },
    response: {
      200: {
        type: 'object',
        properties: {
          model_name: { type: 'string' },
          model_version: { type: 'string' },
          id: { type: 'string', description: 'As it came, else the id of the request in the log.' },
          outputs: {
            type: 'array',
            items: {
              type: 'object',
              properties: {
                name: { const: outputName },
                datatype: { const: 'FP64' },
                shape: { type: 'array', items: { type: 'integer' } },
                data: { type: 'array', items: { type: 'number' } },
              },
              required: ['name', 'datatype', 'shape', 'data'],
            },
          },
        },
        required: ['model_name', 'model_version', 'id', 'outputs'],
      },
    },
  },
  async handle(call, context) {
    const model = modelNamed(call, context);
    const { id, inputs, outputs } = call.request.body as {
      readonly id?: string;
      readonly inputs: readonly Tensor[];
      readonly outputs?: readonly { readonly name: string }[];
    };
    if (outputs?.some(({ name }) => name !== outputName))
      throw new FieldsError([{ path: '/outputs/0/name', message: `must be ${outputName}` }]);
    const { customers, locate } = readTensors(inputs);
    tellIgnored(call.reply, countIgnored(model, customers));
    const { requestId, rows } = await answerCustomers(call, context, {
      customers,
      unknown: 'ignore',
      locate,
    });
    return {
      model_name: model.name,
      model_version: versionText(model),
      id: id ?? requestId,
      outputs: [
        {
          name: outputName,
          datatype: 'FP64',
          shape: [rows.length],
          data: rows.map(({ answer }) => answer.churnProbability),
        },
      ],
    };
  },
});
