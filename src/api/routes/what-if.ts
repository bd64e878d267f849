/** What a customer's score would be if some of its values were others. */
import { didYouMean, printable } from '../../base/text.ts';
import { usedColumns } from '../../data/check.ts';
import { type FieldProblem, pointer, type RawCustomer } from '../../serving/customer-reader.ts';
import type { LiveModel } from '../../serving/live-model.ts';
import { answerBody, answerProperties, answerRequired, modelOf, modelSchema } from '../answer.ts';
import { caution, cautionSchema, customerIn } from '../one-customer.ts';
import { FieldsError } from '../problem.ts';
import { defineRoute } from '../route.ts';

const { id, ...scored } = answerProperties;
const answerSchema = { type: 'object', properties: scored, required: [...answerRequired] };

export const whatIf = defineRoute({
  id: 'what-if',
  method: 'POST',
  url: '/v1/what-if',
  scope: 'score',
  summary: "What a customer's score would be with other values",
  description: 'Both answers of the same model. Nothing is written to the log.',
  schema: {
    body: {
      type: 'object',
      properties: {
        customer: { $ref: 'Customer#' },
        changes: {
          ...{ type: 'object', minProperties: 1, description: 'New values by column of the model.' },
          'x-told': { $ref: '#/components/schemas/Changes' },
        },
      },
      required: ['customer', 'changes'],
      additionalProperties: false,
    },
    response: {
      200: {
        type: 'object',
        properties: {
          requestId: { type: 'string' },
          model: modelSchema,
          id,
          before: answerSchema,
          after: answerSchema,
          difference: { type: 'number', description: 'Of the probabilities, after less before.' },
          caution: cautionSchema,
        },
        required: ['requestId', 'model', 'before', 'after', 'difference', 'caution'],
      },
    },
  },
  async handle({ request, requestId }, context) {
    const { model, customer } = customerIn(request.body, context);
    const { changes } = request.body as { readonly changes: RawCustomer };
    const changed = { ...customer, ...changes };
    const wrong = [...unusable(model, changes), ...model.reader.problems(changed, 'refuse').map(inChanges)];
    if (wrong.length > 0) throw new FieldsError(wrong);
    const [before, after] = model.answer([customer, changed]);
    const customerId = model.reader.idOf(customer);
    return {
      requestId,
      model: modelOf(model),
      ...(customerId !== null && { id: customerId }),
      before: answerBody(null, before!),
      after: answerBody(null, after!),
      difference: after!.churnProbability - before!.churnProbability,
      caution,
    };
  },
});

/** The customer alone is sound, so what is wrong now was brought by the changes. */
const inChanges = ({ path, message }: FieldProblem): FieldProblem => ({ path: `/changes${path}`, message });

/** Columns that the contract names and the model doesn't look at: changing them says nothing. */
function unusable({ loaded, schema }: LiveModel, changes: RawCustomer): FieldProblem[] {
  const used = usedColumns(loaded.manifest.contract).map(([name]) => name);
  return Object.keys(changes)
    .filter((name) => Object.hasOwn(schema.properties, name) && !used.includes(name))
    .map((name) => ({
      path: `/changes/${pointer(printable(name))}`,
      message: `is not a column that the model uses${didYouMean(name, used)}`,
    }));
}
