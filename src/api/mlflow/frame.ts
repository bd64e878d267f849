/**
 * Customers in the four forms of MLflow's scoring protocol: `dataframe_split`, `dataframe_records`, `instances`, and
 * `inputs` by column. Values keep their types; what is missing is null.
 * Source: https://mlflow.org/docs/latest/genai/serving/ and the pyfunc scoring server.
 */
import type { JsonSchema } from '../../serving/customer-schema.ts';
import { type Locate, listedUnder } from '../answer.ts';
import { FieldsError } from '../problem.ts';

/** Customers, and where in the body one is, for a refusal. */
export interface Frame {
  readonly customers: readonly unknown[];
  readonly locate: Locate;
}

const forms = ['dataframe_split', 'dataframe_records', 'instances', 'inputs'] as const;
type Form = (typeof forms)[number];

interface Split {
  readonly columns: readonly string[];
  readonly data: readonly (readonly unknown[])[];
}
type Columns = Readonly<Record<string, readonly unknown[]>>;

/** Columns that the contract doesn't name are let through, and ignored. */
const customerOrMore = { $ref: 'Customer#', 'x-told': { $ref: '#/components/schemas/CustomerOrMore' } };

/** What a body looks like as far as a schema can say it. */
export function frameSchema(mostRows: number): JsonSchema {
  const records = { type: 'array', maxItems: mostRows, items: customerOrMore };
  return {
    type: 'object',
    description: `Exactly one of ${forms.join(', ')}.`,
    'x-told': { oneOf: forms.map((form) => ({ required: [form] })) },
    properties: {
      dataframe_split: {
        type: 'object',
        properties: {
          columns: { type: 'array', items: { type: 'string' }, uniqueItems: true },
          data: { type: 'array', maxItems: mostRows, items: { type: 'array' } },
          index: { type: 'array', description: 'Not looked at.' },
        },
        required: ['columns', 'data'],
        additionalProperties: false,
      },
      dataframe_records: records,
      instances: records,
      inputs: {
        type: 'object',
        description: 'Values by column.',
        additionalProperties: { type: 'array', maxItems: mostRows },
      },
      params: { type: ['object', 'null'], maxProperties: 0, description: 'The model takes none.' },
    },
    additionalProperties: false,
  };
}

/** `body` fits `frameSchema`. Throws the fields that are wrong. */
export function readFrame(body: Readonly<Partial<Record<Form, unknown>>>): Frame {
  const given = forms.filter((form) => body[form] !== undefined);
  const [form] = given;
  if (form === undefined || given.length > 1) {
    const message = `must hold exactly one of ${forms.join(', ')}, holds ${given.join(' and ') || 'none'}`;
    throw new FieldsError([{ path: '', message }]);
  }
  if (form === 'dataframe_split') return splitFrame(body[form] as Split);
  if (form === 'inputs') return columnFrame(body[form] as Columns);
  return { customers: body[form] as readonly unknown[], locate: listedUnder(`/${form}`) };
}

function splitFrame({ columns, data }: Split): Frame {
  const wrong = data.findIndex((row) => row.length !== columns.length);
  if (wrong >= 0) {
    const message = `must have as many values as there are columns, ${columns.length}, has ${data[wrong]!.length}`;
    throw new FieldsError([{ path: `/dataframe_split/data/${wrong}`, message }]);
  }
  return {
    customers: data.map((row) => Object.fromEntries(columns.map((name, i) => [name, row[i]]))),
    locate: listedUnder('/dataframe_split/data'),
  };
}

function columnFrame(columns: Columns): Frame {
  const entries = Object.entries(columns);
  const rows = entries[0]?.[1].length ?? 0;
  const wrong = entries.find(([, values]) => values.length !== rows);
  if (wrong) {
    const message = `must hold columns of one length; the first has ${rows} values, another ${wrong[1].length}`;
    throw new FieldsError([{ path: '/inputs', message }]);
  }
  return {
    customers: Array.from({ length: rows }, (_, row) =>
      Object.fromEntries(entries.map(([name, values]) => [name, values[row]])),
    ),
    locate: (row, { path, message }) => ({ path: `/inputs${path}/${row}`, message }),
  };
}
