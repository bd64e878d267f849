import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allRoutes } from '../routes/all.ts';
import { openApiDocument } from './document.ts';
import { exampleOf } from './example.ts';

interface Operation {
  readonly operationId: string;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly responses: Readonly<Record<string, unknown>>;
}

const documentWith = (needsKeys: boolean) =>
  openApiDocument({ routes: allRoutes, model: null, needsKeys, version: '1.2.3' }) as unknown as {
    readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
    readonly components: { readonly securitySchemes?: Readonly<Record<string, unknown>> };
  };

test('with keys every route with a scope says which one, and that it refuses without; the others ask for none', () => {
  const { paths, components } = documentWith(true);
  assert.deepEqual(Object.keys(components.securitySchemes!), ['bearer', 'header']);
  const told = new Map(
    Object.values(paths)
      .flatMap((methods) => Object.values(methods))
      .map((one) => [one.operationId, one]),
  );
  for (const { id, scope, isPage, refuse } of allRoutes) {
    if (isPage) continue;
    const { security, responses } = told.get(id)!;
    assert.deepEqual(security, scope === null ? undefined : [{ bearer: [scope] }, { header: [scope] }], id);
    if (!refuse)
      assert.deepEqual(['401' in responses, '403' in responses], [scope !== null, scope !== null], id);
  }
});

test('without a model the description still stands, and says so', () => {
  const document = documentWith(false);
  assert.match(JSON.stringify(document), /No model is deployed/);
  assert.equal(document.components.securitySchemes, undefined);
  assert.ok(document.paths['/predict']!.post);
});

test('an example has what is required, what a schema shows or its first possibility', () => {
  const schema = {
    type: 'object',
    properties: {
      shown: { type: 'string', examples: ['as shown'] },
      one: { enum: ['first', 'second'] },
      fixed: { const: 7 },
      some: { type: 'array', items: { type: 'integer', minimum: 2, maximum: 6 } },
      perhaps: { type: ['null', 'string'] },
      extra: { type: 'string' },
    },
    required: ['shown', 'one', 'fixed', 'some', 'perhaps'],
  };
  assert.deepEqual(exampleOf(schema, null), {
    ...{ shown: 'as shown', one: 'first', fixed: 7, some: [4], perhaps: null },
  });
});

test('what a schema leaves to the handler is told, and the word for it is not', () => {
  const document = documentWith(false) as unknown as {
    readonly paths: Readonly<
      Record<string, { readonly get?: { readonly parameters?: readonly Described[] } }>
    >;
  };
  const { parameters = [] } = document.paths['/v1/predictions']!.get!;
  const patterns = new Map(parameters.map(({ name, schema }) => [name, schema.pattern]));
  assert.equal(patterns.get('limit'), '^([1-9][0-9]{0,2}|1000)$');
  assert.match('p2.17.0123456789ab', new RegExp(patterns.get('after')!));
  assert.doesNotMatch(JSON.stringify(document), /x-told/);
});

interface Described {
  readonly name: string;
  readonly schema: { readonly pattern?: string };
}
