/** The prediction log over real HTTP. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type ServedWorkspace, servedWorkspace } from '../testing/served.ts';

let workspace: ServedWorkspace;
const answered = 25;
let requestId: string;
let alone: string;
before(async () => {
  workspace = await servedWorkspace();
  const customers = workspace.customers.slice(0, answered - 1);
  ({ requestId } = (await workspace.post<{ requestId: string }>('/v1/predict', { customers })).body);
  alone = (await workspace.post<{ requestId: string }>('/predict', { ...customers[0], monthlyCharge: null }))
    .body.requestId;
});
after(() => workspace?.[Symbol.asyncDispose]());

interface Entry {
  readonly requestId: string;
  readonly index: number;
  readonly at: string;
  readonly id: string;
  readonly model: { readonly id: string; readonly label: string };
  readonly churnProbability: number;
  readonly handled: object | null;
}
interface Page {
  readonly predictions: readonly Entry[];
  readonly next?: string;
}

async function ask<Body = Page>(query: Readonly<Record<string, string>> = {}) {
  const response = await fetch(`${workspace.server.url}/v1/predictions?${new URLSearchParams(query)}`);
  return { status: response.status, body: (await response.json()) as Body };
}

async function all(query: Readonly<Record<string, string>>): Promise<Entry[]> {
  const found: Entry[] = [];
  for (let after: string | undefined, pages = 0; pages < 100; pages++) {
    const { body } = await ask({ ...query, ...(after !== undefined && { after }) });
    found.push(...body.predictions);
    assert.ok(body.predictions.length <= Number(query.limit ?? 100));
    after = body.next;
    if (after === undefined) return found;
  }
  return assert.fail('pages without end');
}

const keys = (entries: readonly Entry[]) => entries.map((one) => `${one.requestId} ${one.index}`);

test('GET /v1/predictions: pages of any size hold each prediction once, in the order of writing', async () => {
  const expected = [...Array.from({ length: answered - 1 }, (_, i) => `${requestId} ${i}`), `${alone} 0`];
  for (const limit of ['1', '7', '25', '1000']) {
    assert.deepEqual(keys(await all({ limit })), expected, limit);
    assert.deepEqual(keys(await all({ limit, order: 'newest' })), expected.toReversed(), limit);
  }
});

test('an entry says what was answered, by which model, and what was done to the values', async () => {
  const [last] = (await ask({ order: 'newest', limit: '1' })).body.predictions;
  const customer = { ...workspace.customers[0], monthlyCharge: null };
  assert.equal(last!.churnProbability, workspace.liveModel.answer([customer])[0]!.churnProbability);
  assert.deepEqual(last!.model, { id: workspace.liveModel.id, label: workspace.liveModel.label });
  assert.deepEqual(last!.handled, { imputed: ['monthlyCharge'] });
  assert.equal(new Date(last!.at).toISOString(), last!.at);
  assert.ok(!('input' in last!));
});

test('filters: one customer, one model, from a moment on', async () => {
  const customer = String(workspace.customers[0]!.customerId);
  assert.deepEqual(keys(await all({ customer })), [`${requestId} 0`, `${alone} 0`]);
  assert.deepEqual(keys(await all({ customer: 'nobody' })), []);
  for (const model of [workspace.liveModel.id, workspace.liveModel.label])
    assert.equal((await all({ model })).length, answered);
  assert.deepEqual(await all({ model: 'other' }), []);
  const [last] = (await ask({ order: 'newest', limit: '1' })).body.predictions;
  assert.deepEqual(keys(await all({ since: last!.at })).slice(-1), [`${alone} 0`]);
  assert.deepEqual(await all({ since: '2999-01-01' }), []);
  assert.equal((await all({ since: '2020-01-01T00:00:00+02:00' })).length, answered);
});

test('a next belongs to its order and filters: under others it is refused with 409', async () => {
  const customer = String(workspace.customers[0]!.customerId);
  const pages: readonly Record<string, string>[] = [
    {},
    { order: 'newest' },
    { customer },
    { model: workspace.liveModel.label },
    { since: '2020-01-01' },
  ];
  for (const made of pages) {
    const after: string = (await ask({ ...made, limit: '1' })).body.next!;
    for (const used of pages) {
      const answer = await ask<{ code?: string }>({ ...used, limit: '1', after });
      const expected = used === made ? [200, undefined] : [409, 'request.cursor'];
      assert.deepEqual([answer.status, answer.body.code], expected, JSON.stringify([made, used]));
    }
  }
  const { next } = (await ask({ limit: '1' })).body;
  // The order that is meant anyway may be said.
  assert.equal((await ask({ order: 'oldest', after: next! })).status, 200);
});

test('each invalid field is named', async () => {
  const cases: [Record<string, string>, string[]][] = [
    [{ limit: '0' }, ['/limit']],
    [{ limit: '1001' }, ['/limit']],
    [{ limit: 'all' }, ['/limit']],
    [{ after: 'x' }, ['/after']],
    [{ since: 'yesterday', limit: '2000' }, ['/since', '/limit']],
    [{ since: '2026-99-01' }, ['/since']],
    [{ order: 'random' }, ['/order']],
    [{ customer: '' }, ['/customer']],
    [{ surprise: '1' }, ['']],
  ];
  for (const [query, paths] of cases) {
    const { status, body } = await ask<{ code: string; errors: { path: string }[] }>(query);
    const about = JSON.stringify(body);
    assert.deepEqual([status, body.code], [422, 'request.invalid'], about);
    assert.deepEqual(
      body.errors.map(({ path }) => path),
      paths,
      about,
    );
  }
});
