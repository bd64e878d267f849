/** Explaining one customer over real HTTP. */
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

interface Explained {
  readonly id: string;
  readonly churnProbability: number;
  readonly base: number;
  readonly link: string;
  readonly contributions: readonly { column: string; value: unknown; contribution: number }[];
  readonly reasons: readonly string[];
  readonly caution: string;
}

test('POST /v1/explain: base and contributions add up to the score, each column has the value that came', async () => {
  for (const customer of [calledCustomer(workspace), ...workspace.customers.slice(0, 10)]) {
    const { status, body } = await workspace.post<Explained>('/v1/explain', { customer, reasons: 4 });
    assert.equal(status, 200, JSON.stringify(body));
    assert.deepEqual([body.link, body.caution], ['logit', 'associated, not caused']);
    assert.equal(body.churnProbability, scoreOf(workspace, customer).churnProbability);
    assert.equal(body.id, customer.customerId);
    const sum = body.contributions.reduce((total, one) => total + one.contribution, body.base);
    // Rounding of some dozen additions.
    assert.ok(Math.abs(1 / (1 + Math.exp(-sum)) - body.churnProbability) < 1e-12);
    for (const { column, value } of body.contributions)
      if (column !== 'signupDate') assert.equal(value, customer[column], column);
    const sizes = body.contributions.map((one) => Math.abs(one.contribution));
    assert.deepEqual(
      sizes,
      sizes.toSorted((a, b) => b - a),
    );
    const many = await workspace.post<{ predictions: [{ reasons: string[] }] }>('/v1/predict', {
      customers: [customer],
      reasons: 4,
    });
    assert.equal(body.reasons.length, many.body.predictions[0].reasons.length);
  }
});

test('POST /v1/explain: each invalid field is named, and nothing is in the log', async () => {
  const customer = calledCustomer(workspace);
  const log = withPredictions(workspace.database.db);
  const rows = async () => (await log.selectFrom('prediction').select('seq').execute()).length;
  const known = await rows();
  const wrong = { ...customer, monthlyCharge: 'secret-7' };
  const cases: [string, unknown, string[]][] = [
    ['explain', {}, ['']],
    ['explain', { customer, surprise: 1 }, ['']],
    ['explain', { customer: 7 }, ['/customer']],
    ['explain', { customer: wrong }, ['/customer/monthlyCharge']],
    ['explain', { customer: { ...customer, surprise: 1 } }, ['/customer/surprise']],
    ['explain', { customer, reasons: 11 }, ['/reasons']],
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
