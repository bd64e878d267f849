/** One value that a schema accepts, to show what a request or an answer looks like. */
import { usedColumns } from '../../data/check.ts';
import type { JsonSchema } from '../../serving/customer-schema.ts';
import type { LiveModel } from '../../serving/live-model.ts';

/** The model's own example stands for a customer. */
export function exampleOf(schema: JsonSchema, model: LiveModel | null): unknown {
  if (schema.$ref === 'Customer#')
    return (model?.schema.examples as readonly unknown[] | undefined)?.[0] ?? {};
  if ((schema['x-told'] as JsonSchema | undefined)?.$ref === '#/components/schemas/Changes')
    return changesOf(model);
  if (Array.isArray(schema.examples)) return schema.examples[0];
  if ('const' in schema) return schema.const;
  if (Array.isArray(schema.enum)) return schema.enum[0];
  for (const either of [schema.oneOf, schema.anyOf])
    if (Array.isArray(either)) return exampleOf(either[0] as JsonSchema, model);
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  switch (type) {
    case 'object':
      return Object.fromEntries(
        Object.entries((schema.properties ?? {}) as Readonly<Record<string, JsonSchema>>)
          // What may be left out is left out: a request is shown as short as it can be.
          .filter(([name]) => !Array.isArray(schema.required) || schema.required.includes(name))
          .map(([name, one]) => [name, exampleOf(one, model)]),
      );
    case 'array':
      return schema.items === undefined ? [] : [exampleOf(schema.items as JsonSchema, model)];
    case 'boolean':
      return true;
    case 'integer':
    case 'number':
      return numberIn(schema);
    case 'string':
      return 'text';
    default:
      return null;
  }
}

/** One column that the model uses, as the example customer has it. */
function changesOf(model: LiveModel | null): Readonly<Record<string, unknown>> {
  const customer = exampleOf({ $ref: 'Customer#' }, model) as Readonly<Record<string, unknown>>;
  const used = model === null ? [] : usedColumns(model.loaded.manifest.contract).map(([name]) => name);
  const [first] = used.filter((name) => Object.hasOwn(customer, name));
  return first === undefined ? {} : { [first]: customer[first] };
}

function numberIn({ minimum, maximum }: JsonSchema): number {
  if (typeof minimum === 'number' && typeof maximum === 'number')
    return minimum + Math.floor((maximum - minimum) / 2);
  if (typeof minimum === 'number') return minimum;
  return typeof maximum === 'number' ? maximum : 1;
}
