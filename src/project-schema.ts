/**
 * The project file as a JSON Schema, so that editors complete keys, show what they mean and mark what is wrong.
 *
 * Made from the schema that reads the file, so it knows each key, bound and default. Models are named with their
 * parameters, each as one value or a list of alternatives. What hangs on two keys at once (a threshold by profit needs
 * `profit`) and names of columns are checked by the commands alone. Draft 7, which editors know best.
 */
import { z } from 'zod';
import { catalogue } from './catalogue.ts';
import { projectSchema } from './project-file.ts';

export type JsonSchema = {
  [key: string]: JsonSchema | readonly unknown[] | string | number | boolean | null;
};

/** The schema as it is written to `docs/reference/holdfast.schema.json` and beside a new project file. */
export function projectJsonSchema(): JsonSchema {
  const schema = draftOf(projectSchema);
  const candidates = at(schema, 'properties', 'train', 'properties', 'candidates');
  delete candidates.additionalProperties;
  candidates.properties = Object.fromEntries(
    catalogue.classifiers.map(({ id, title, params }) => [id, gridOf(title, draftOf(params))]),
  );
  candidates.additionalProperties = false;
  const data = at(schema, 'properties', 'data');
  delete data.required;
  // An event log says by itself where customers, ids and outcomes come from.
  data.anyOf = [{ required: ['source', 'target', 'columns'] }, { required: ['events'] }];
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Holdfast project file',
    description: 'Written by `holdfast init`, edited by a person, read by every command.',
    ...schema,
  };
}

/** The text of the file: two spaces, one line end at its end. */
export const projectJsonSchemaText = (): string => `${JSON.stringify(projectJsonSchema(), null, 2)}\n`;

function draftOf(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...draft } = z.toJSONSchema(schema, {
    target: 'draft-7',
    io: 'input',
    // Models inside models: any value, which the model itself checks.
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      // For searches, not for editors.
      delete jsonSchema.search;
      // Whole numbers have bounds that only say what JSON can hold.
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      // One fault is told once: the format says the same in fewer signs.
      if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
    },
  });
  return draft as JsonSchema;
}

/** A model's parameters in the grammar of grids: one value, or a list of alternatives. */
function gridOf(title: string, params: JsonSchema): JsonSchema {
  const properties = Object.entries((params.properties ?? {}) as JsonSchema).map(([name, schema]) => {
    const { description, default: fallback, ...value } = schema as JsonSchema;
    const alternatives = { type: 'array', items: value, minItems: 1 };
    // A parameter that is itself a list is always wrapped.
    const grid = value.type === 'array' ? alternatives : { anyOf: [value, alternatives] };
    return [
      name,
      {
        ...grid,
        ...(description === undefined ? {} : { description }),
        ...(fallback === undefined ? {} : { default: fallback }),
      },
    ];
  });
  return {
    type: 'object',
    description: `${title}. Each parameter is one value or a list of alternatives.`,
    properties: Object.fromEntries(properties),
    additionalProperties: false,
  };
}

function at(schema: JsonSchema, ...path: readonly string[]): JsonSchema {
  return path.reduce((node, key) => node[key] as JsonSchema, schema);
}
