/**
 * The OpenAPI 3.1 document: made from the routes as they are and the model as it answers now, so neither can
 * drift from it. Made anew for each request; a millisecond.
 */
import { usedColumns } from '../../data/check.ts';
import type { JsonSchema } from '../../serving/customer-schema.ts';
import type { LiveModel } from '../../serving/live-model.ts';
import { keyParameter, replayedHeader } from '../idempotency-key.ts';
import { problemType } from '../problem.ts';
import type { Route } from '../route.ts';
import { exampleOf } from './example.ts';
import { exampleProblem, type Refusal, refusals, refusalsOf } from './refusals.ts';
import { problemSchema, withReferences } from './schemas.ts';

export interface OpenApiOptions {
  readonly routes: readonly Route[];
  /** Null while none is deployed. */
  readonly model: LiveModel | null;
  readonly needsKeys: boolean;
  readonly version: string;
}

export function openApiDocument({ routes, model, needsKeys, version }: OpenApiOptions): JsonSchema {
  const told = routes.filter(({ isPage }) => !isPage);
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of told) {
    const path = route.url.replace(/:(\w+)/g, '{$1}');
    paths[path] = {
      ...paths[path],
      [route.method.toLowerCase()]: operation(route, needsKeys, model),
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Holdfast',
      version,
      description: model
        ? `Customers are scored by ${model.name} ${model.label}. The schema Customer is the contract of this model and changes with it.`
        : 'No model is deployed.',
    },
    tags: groups
      .filter((group) => told.some((route) => groupOf(route) === group))
      .map(({ name, about }) => ({ name, description: about })),
    paths,
    components: {
      schemas: {
        Customer: customerOf(model),
        CustomerOrMore: openCustomerOf(model),
        Changes: changesOf(model),
        Problem: problemSchema,
      },
      responses: Object.fromEntries(refusals.map((one) => [one.name, sharedResponse(one)])),
      ...(needsKeys && { securitySchemes: schemes }),
    },
  };
}

const groups = [
  { name: 'Score', about: 'Customers in, answers out.', scope: 'score' },
  { name: 'Read', about: 'What is there and what was answered.', scope: 'read' },
  { name: 'Operate', about: 'What changes something.', scope: 'operate' },
  { name: 'Server', about: 'Whether it lives, and what it offers.', scope: null },
] as const;

const groupOf = ({ scope }: Route) => groups.find((group) => group.scope === scope) ?? groups[2];

const schemes = {
  bearer: { type: 'http', scheme: 'bearer', description: 'A key of `holdfast keys create`.' },
  header: { type: 'apiKey', in: 'header', name: 'x-api-key', description: 'The same key.' },
};

function customerOf(model: LiveModel | null): JsonSchema {
  if (!model) return { type: 'object', description: 'No model is deployed.' };
  return { ...model.schema, description: `One raw customer as ${model.name} ${model.label} takes it.` };
}

function openCustomerOf(model: LiveModel | null): JsonSchema {
  const customer = customerOf(model);
  const description = 'The same, where columns that the contract does not name are ignored and counted.';
  return { ...customer, additionalProperties: true, description };
}

/** New values of the columns that the model learned from. */
function changesOf(model: LiveModel | null): JsonSchema {
  if (!model) return { type: 'object', description: 'No model is deployed.' };
  const { properties } = model.schema;
  const used = usedColumns(model.loaded.manifest.contract).map(([name]) => name);
  return {
    type: 'object',
    description: `New values of columns that ${model.name} ${model.label} learned from.`,
    properties: Object.fromEntries(used.map((name) => [name, properties[name]])),
    minProperties: 1,
    additionalProperties: false,
  };
}

function operation(route: Route, needsKeys: boolean, model: LiveModel | null): JsonSchema {
  const { id, summary, description, scope } = route;
  return {
    operationId: id,
    tags: [groupOf(route).name],
    summary,
    ...(description && { description }),
    ...parametersOf(route),
    ...bodyOf(route, model),
    responses: { ...answers(route, model), ...problems(route, needsKeys) },
    ...(needsKeys && scope !== null && { security: [{ bearer: [scope] }, { header: [scope] }] }),
  };
}

function bodyOf({ schema, body }: Route, model: LiveModel | null): JsonSchema {
  if (!schema.body && !body) return {};
  const media = schema.body
    ? { schema: withReferences(schema.body), example: exampleOf(schema.body, model) }
    : { schema: { type: 'string' }, example: `${JSON.stringify(exampleOf({ $ref: 'Customer#' }, model))}\n` };
  const types = body?.types ?? ['application/json'];
  const text = body?.example === undefined ? media : { schema: { type: 'string' }, example: body.example };
  const content = {
    ...(body?.besidesJson && { 'application/json': media }),
    ...Object.fromEntries(types.map((type) => [type, text])),
  };
  return { requestBody: { required: true, content } };
}

function parametersOf({ schema: { params, querystring }, isRepeatable }: Route): JsonSchema {
  const listed = (schema: JsonSchema | undefined, place: 'path' | 'query') =>
    Object.entries((schema?.properties ?? {}) as Readonly<Record<string, JsonSchema>>).map(([name, one]) => ({
      name,
      in: place,
      required: place === 'path' || ((schema?.required ?? []) as readonly string[]).includes(name),
      ...(typeof one.description === 'string' && { description: one.description }),
      schema: withReferences(one),
    }));
  const parameters = [
    ...listed(params, 'path'),
    ...listed(querystring, 'query'),
    ...(isRepeatable ? [keyParameter] : []),
  ];
  return parameters.length > 0 ? { parameters } : {};
}

function answers(
  { schema, produces = 'application/json', isRepeatable }: Route,
  model: LiveModel | null,
): JsonSchema {
  return Object.fromEntries(
    Object.entries(schema.response).map(([status, one]) => [
      status,
      {
        description:
          typeof one.description === 'string'
            ? one.description
            : Number(status) < 300
              ? 'Done.'
              : 'Refused, in the form of the protocol.',
        ...(isRepeatable && Number(status) === 200 && { headers: replayedHeader }),
        content: {
          [produces]: { schema: withReferences(one), example: exampleOf(one, model) },
        },
      },
    ]),
  );
}

const sharedResponse = (refusal: Refusal): JsonSchema => ({
  description: refusal.about,
  content: {
    [problemType]: { schema: { $ref: '#/components/schemas/Problem' }, example: exampleProblem(refusal) },
  },
});

/** A route that declares a status itself answers it in its own form; so does one of a protocol of others. */
function problems(route: Route, needsKeys: boolean): JsonSchema {
  const own = new Set(Object.keys(route.schema.response).map(Number));
  return Object.fromEntries(
    refusalsOf(route, needsKeys)
      .filter(({ status }) => !own.has(status))
      .map((refusal) => {
        if (!route.refuse) return [refusal.status, { $ref: `#/components/responses/${refusal.name}` }];
        const { status, body } = route.refuse(exampleProblem(refusal));
        const content = { 'application/json': { schema: { type: 'object' }, example: body } };
        return [status, { description: refusal.about, content }];
      }),
  );
}
