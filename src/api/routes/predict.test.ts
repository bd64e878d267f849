/** One customer over real HTTP, a real model and a real log. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { servedHere } from '../testing/served-here.ts';

const here = servedHere();

const post = (url: string, body: unknown) => here.workspace.post<Body>(url, body);
interface Body {
  requestId: string;
  id?: string;
  churnProbability: number;
  model: object;
  code: string;
  errors: { path: string; message: string }[];
}

test('POST /predict: the shape that others rely on', async () => {
  const customer = here.workspace.customers[0]!;
  const { status, body } = await post('/predict', customer);
  assert.equal(status, 200, JSON.stringify(body));
  assert.deepEqual(Object.keys(body).sort(), [
    'band',
    'certainty',
    'churn',
    'churnProbability',
    'id',
    'model',
    'requestId',
  ]);
  assert.equal(body.id, customer[here.workspace.contract.id!]);
  assert.deepEqual(body.model, { name: 'made', version: null, label: here.workspace.server.model.label });
  assert.ok(body.churnProbability > 0 && body.churnProbability < 1);
});

test('200 requests at once: each gets its own answer, the log has each once', async () => {
  const before = await here.logged();
  const many = Array.from(
    { length: 200 },
    (_, i) => here.workspace.customers[i % here.workspace.customers.length]!,
  );
  const answers = await Promise.all(many.map((customer) => post('/predict', customer)));
  answers.forEach(({ status, body }, i) => {
    assert.equal(status, 200);
    assert.equal(body.id, many[i]![here.workspace.contract.id!]);
  });
  assert.equal(new Set(answers.map(({ body }) => body.requestId)).size, 200);
  assert.equal((await here.logged()) - before, 200);
});

test('refusals are problem details with a code and the fields, and nothing of them is in the log', async () => {
  const [first] = here.workspace.customers;
  const known = await here.logged();
  const feature = Object.entries(here.workspace.contract.columns).find(
    ([, rule]) => rule.kind === 'number' && rule.use === 'feature',
  )![0];
  const cases: [string, unknown, number, string, string[]][] = [
    ['/predict', { ...first, [feature]: 'secret-7' }, 422, 'request.invalid', [`/${feature}`]],
    ['/predict', { ...first, surprise: 'secret-7' }, 422, 'request.invalid', ['/surprise']],
    ['/predict', 'secret-7', 400, 'request.syntax', []],
    ['/predict', '{"a":', 400, 'request.syntax', []],
    ['/predict', [first], 422, 'request.invalid', ['']],
    ['/v1/predict', { customers: [] }, 422, 'request.invalid', ['/customers']],
    [
      '/v1/predict',
      { customers: [first, { ...first, [feature]: [] }] },
      422,
      'request.invalid',
      [`/customers/1/${feature}`],
    ],
    ['/v1/predict', { customer: [first] }, 422, 'request.invalid', ['', '']],
    ['/v1/predictions/nowhere', {}, 404, 'request.not-found', []],
  ];
  for (const [url, body, status, code, paths] of cases) {
    const answer = await post(url, body);
    const about = `${url} ${JSON.stringify(answer.body)}`;
    assert.equal(answer.status, status, about);
    assert.match(answer.type!, /^application\/problem\+json/);
    assert.equal(answer.body.code, code, about);
    assert.deepEqual(
      (answer.body.errors ?? []).map(({ path }) => path),
      paths,
      about,
    );
    assert.doesNotMatch(JSON.stringify(answer.body), /secret-7/);
  }
  assert.equal(await here.logged(), known);
});
