/** Changes that would lower one customer's score, over real HTTP. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { withPredictions } from '../../serving/log/tables.ts';
import { calledCustomer, type Refused, scoreOf } from '../testing/one-customer.ts';
import { type ServedWorkspace, servedWorkspace } from '../testing/served.ts';

let workspace: ServedWorkspace;
const levers = ['contract', 'discountPercent', 'supportCalls90d'];
before(async () => {
  workspace = await servedWorkspace(({ columns, ...contract }) => ({
    ...contract,
    columns: Object.fromEntries(
      Object.entries(columns).map(([name, rule]) => [name, { ...rule, actionable: levers.includes(name) }]),
    ),
  }));
});
after(() => workspace?.[Symbol.asyncDispose]());

interface Found {
  readonly target: number;
  readonly churnProbability: number;
  readonly answers: readonly {
    readonly churnProbability: number;
    readonly changes: readonly { readonly column: string; readonly from: unknown; readonly to: unknown }[];
  }[];
  readonly reason: string | null;
  readonly caution: string;
}

test('POST /v1/counterfactual: each answer changes actionable columns only and takes the score below the target', async () => {
  const customer = calledCustomer(workspace);
  const { churnProbability } = scoreOf(workspace, customer);
  const asked = { customer, target: churnProbability * 0.98, answers: 5, columns: 2 };
  const { status, body } = await workspace.post<Found>('/v1/counterfactual', asked);
  assert.equal(status, 200, JSON.stringify(body));
  assert.deepEqual([body.caution, body.reason], ['associated, not caused', null]);
  assert.ok(body.answers.length > 0 && body.answers.length <= 5);
  for (const { changes, churnProbability: promised } of body.answers) {
    assert.ok(promised < asked.target);
    assert.ok(changes.length <= 2);
    for (const { column, from } of changes) {
      assert.ok(levers.includes(column), column);
      assert.equal(from, customer[column]);
    }
    const changed = { ...customer, ...Object.fromEntries(changes.map(({ column, to }) => [column, to])) };
    assert.equal(scoreOf(workspace, changed).churnProbability, promised);
  }
  const below = await workspace.post<Found>('/v1/counterfactual', { customer, target: 1 });
  assert.deepEqual(below.body.answers, []);
  assert.match(below.body.reason!, /below the target already/);
});

test('POST /v1/counterfactual: each invalid field is named, and nothing is in the log', async () => {
  const customer = calledCustomer(workspace);
  const log = withPredictions(workspace.database.db);
  const rows = async () => (await log.selectFrom('prediction').select('seq').execute()).length;
  const known = await rows();
  const wrong = { ...customer, monthlyCharge: 'secret-7' };
  const cases: [string, unknown, string[]][] = [
    ['counterfactual', { customer: wrong }, ['/customer/monthlyCharge']],
    ['counterfactual', { customer, target: 0 }, ['/target']],
    ['counterfactual', { customer, target: '0.5' }, ['/target']],
    ['counterfactual', { customer, answers: 11, columns: 4 }, ['/answers', '/columns']],
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
