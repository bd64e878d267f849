/** Other values of one customer over real HTTP. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { withPredictions } from '../../serving/log/tables.ts';
import { calledCustomer, type Refused, scoreOf } from '../testing/one-customer.ts';
import { type ServedWorkspace, servedWorkspace } from '../testing/served.ts';

let workspace: ServedWorkspace;
before(async () => {
  workspace = await servedWorkspace();
});
after(() => workspace?.[Symbol.asyncDispose]());

interface Tried {
  readonly before: { readonly churnProbability: number };
  readonly after: { readonly churnProbability: number };
  readonly difference: number;
}

test('POST /v1/what-if: both answers are those of the model, before and after', async () => {
  const customer = calledCustomer(workspace);
  const changes = { contract: 'two-year', supportCalls90d: 0, monthlyCharge: null };
  const { status, body } = await workspace.post<Tried>('/v1/what-if', { customer, changes });
  assert.equal(status, 200, JSON.stringify(body));
  const [before, after] = [scoreOf(workspace, customer), scoreOf(workspace, { ...customer, ...changes })];
  assert.equal(body.before.churnProbability, before.churnProbability);
  assert.equal(body.after.churnProbability, after.churnProbability);
  assert.equal(body.difference, after.churnProbability - before.churnProbability);
});

test('POST /v1/what-if: what is wrong with the form is a plain sentence', async () => {
  const customer = calledCustomer(workspace);
  for (const [asked, detail] of [
    [{ customer, changes: {} }, 'changes must name at least one column'],
    [{ customer, changes: 7 }, 'changes must be a JSON object'],
    [[], 'the body must be a JSON object'],
  ] as const)
    assert.equal((await workspace.post<{ detail: string }>('/v1/what-if', asked)).body.detail, detail);
});

test('POST /v1/what-if: each invalid field is named, and nothing is in the log', async () => {
  const customer = calledCustomer(workspace);
  const log = withPredictions(workspace.database.db);
  const rows = async () => (await log.selectFrom('prediction').select('seq').execute()).length;
  const known = await rows();
  const wrong = { ...customer, monthlyCharge: 'secret-7' };
  const cases: [string, unknown, string[]][] = [
    ['what-if', { customer }, ['']],
    ['what-if', { customer, changes: {} }, ['/changes']],
    ['what-if', { customer: wrong, changes: { contract: 'yearly' } }, ['/customer/monthlyCharge']],
    [
      'what-if',
      { customer, changes: { monthlyCharge: 'secret-7', discountPercent: -1 } },
      ['/changes/monthlyCharge', '/changes/discountPercent'],
    ],
    ['what-if', { customer, changes: { surprise: 1 } }, ['/changes/surprise']],
    [
      'what-if',
      { customer, changes: { churned: 'no', customerId: 'x' } },
      ['/changes/churned', '/changes/customerId'],
    ],
  ];
  for (const [route, asked, paths] of cases) {
    const { status, type, body } = await workspace.post<Refused>(`/v1/${route}`, asked);
    const about = `${route} ${JSON.stringify(body)}`;
    assert.deepEqual([status, body.code], [422, 'request.invalid'], about);
    assert.match(type!, /^application\/problem\+json/);
    assert.deepEqual(body.errors.map(({ path }) => path).sort(), paths.sort(), about);
    assert.doesNotMatch(about, /secret-7/);
  }
  assert.equal(await rows(), known);
});

test('POST /v1/what-if: the example of its own documentation is answered', async () => {
  const answer = await fetch(`${workspace.server.url}/openapi.json`);
  const document = (await answer.json()) as {
    readonly paths: Record<string, { readonly post: { readonly requestBody: Documented } }>;
  };
  const { example } = document.paths['/v1/what-if']!.post.requestBody.content['application/json'];
  const { status, body } = await workspace.post<Tried>('/v1/what-if', example);
  assert.equal(status, 200, JSON.stringify(body));
  assert.equal(body.difference, 0);
});

interface Documented {
  readonly content: { readonly 'application/json': { readonly example: object } };
}
