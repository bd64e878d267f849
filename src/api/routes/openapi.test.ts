/** The description against the server that it describes. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type ServedWorkspace, servedWorkspace } from '../testing/served.ts';
import { allRoutes } from './all.ts';

interface Operation {
  readonly operationId: string;
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly example: unknown }>> };
  readonly responses: Readonly<Record<string, unknown>>;
  readonly security?: unknown;
}
interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: { readonly Customer: { readonly properties: object; readonly examples: object[] } };
    readonly securitySchemes?: object;
  };
}

let workspace: ServedWorkspace;
let document: Document;
before(async () => {
  workspace = await servedWorkspace();
  document = (await (await fetch(`${workspace.server.url}/openapi.json`)).json()) as Document;
});
after(() => workspace?.[Symbol.asyncDispose]());

test('every route that is no page is told once, under its own id', () => {
  assert.equal(document.openapi, '3.1.0');
  const told = Object.values(document.paths).flatMap((methods) => Object.values(methods));
  assert.deepEqual(
    told.map(({ operationId }) => operationId).sort(),
    allRoutes
      .filter(({ isPage }) => !isPage)
      .map(({ id }) => id)
      .sort(),
  );
});

test('every reference leads somewhere, and none is left in the form of the server', () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, to]) => to!);
  assert.ok(references.length > 20);
  for (const reference of new Set(references)) {
    assert.match(reference, /^#\//);
    let found: unknown = document;
    for (const part of reference.slice(2).split('/')) found = (found as Record<string, unknown>)?.[part];
    assert.ok(found, reference);
  }
});

test('Customer is the contract of the model that answers: its columns, and an example that is answered', async () => {
  const { Customer } = document.components.schemas;
  assert.deepEqual(Customer.properties, workspace.liveModel.schema.properties);
  const { status, body } = await workspace.post('/predict', Customer.examples[0]);
  assert.equal(status, 200, JSON.stringify(body));
});

test('every body that is shown as an example fits, and what a route answers is a status that is told', async () => {
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, { requestBody, responses, operationId }] of Object.entries(methods)) {
      const [type, media] = Object.entries(requestBody?.content ?? {})[0] ?? [];
      const example = media?.example;
      const response = await fetch(
        `${workspace.server.url}${path.replace('{name}', 'made').replace(/\{\w+\}/, 'nobody')}`,
        {
          method,
          ...(type !== undefined && {
            headers: { 'content-type': type },
            body: typeof example === 'string' ? example : JSON.stringify(example),
          }),
        },
      );
      // A stream of events has no end: its beginning must do.
      const isEndless = response.headers.get('content-type') === 'text/event-stream';
      const text = isEndless ? await response.body!.cancel() : await response.text();
      const about = `${operationId}: ${response.status} ${text?.slice(0, 300)}`;
      assert.ok(String(response.status) in responses, about);
      assert.ok(response.status < 500, about);
      if (path === '/predict' || path === '/v1/predict' || path === '/v1/explain')
        assert.equal(response.status, 200, about);
    }
  }
});

test('without keys nothing is said of keys, and only approving, which needs one always, refuses for want of one', () => {
  assert.equal(document.components.securitySchemes, undefined);
  for (const methods of Object.values(document.paths))
    for (const { operationId, responses, security } of Object.values(methods))
      assert.deepEqual(
        [security, '401' in responses, '403' in responses],
        [undefined, operationId === 'model-approve', false],
      );
});
