/** Outcomes over real HTTP, a real model and a real log. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { withOutcomes } from '../../serving/outcomes/tables.ts';
import type { Refused } from '../testing/one-customer.ts';
import { type ServedWorkspace, servedWorkspace } from '../testing/served.ts';

let workspace: ServedWorkspace;
before(async () => {
  workspace = await servedWorkspace();
});
after(() => workspace?.[Symbol.asyncDispose]());

interface Sent<Body> {
  readonly status: number;
  readonly body: Body;
  readonly replayed: string | null;
}
interface Counts {
  readonly accepted: number;
  readonly matched: number;
  readonly waiting: number;
  readonly unchanged: number;
}

async function send<Body = Counts>(
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Sent<Body>> {
  const response = await fetch(`${workspace.server.url}/v1/outcomes`, {
    method: 'POST',
    headers: { 'content-type': typeof body === 'string' ? 'text/csv' : 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const replayed = response.headers.get('idempotency-replayed');
  return { status: response.status, body: (await response.json()) as Body, replayed };
}

const written = () =>
  withOutcomes(workspace.database.db).selectFrom('outcome').selectAll().orderBy('seq').execute();

interface Entry {
  readonly requestId: string;
  readonly index: number;
  readonly outcome: {
    readonly churned: boolean;
    readonly happenedAt: string;
    readonly knownAt: string;
  } | null;
  readonly isMature: boolean;
}

async function logged(customer: string): Promise<readonly Entry[]> {
  const response = await fetch(
    `${workspace.server.url}/v1/predictions?${new URLSearchParams({ customer, order: 'newest' })}`,
  );
  return ((await response.json()) as { predictions: readonly Entry[] }).predictions;
}

async function predict(customerId: string): Promise<string> {
  const { status, body } = await workspace.post<{ requestId: string }>('/predict', {
    ...workspace.customers[0],
    customerId,
  });
  assert.equal(status, 200);
  return body.requestId;
}

test('POST /v1/outcomes: who left stands beside the prediction, in the log and in the metrics', async () => {
  const requestId = await predict('gone');
  assert.deepEqual(
    (await logged('gone')).map(({ outcome, isMature }) => [outcome, isMature]),
    [[null, false]],
  );
  const { status, body } = await send({ customerId: 'gone', churned: true });
  assert.deepEqual([status, body], [200, { accepted: 1, matched: 1, waiting: 0, unchanged: 0 }]);
  const [entry] = await logged('gone');
  assert.equal(entry!.requestId, requestId);
  assert.equal(entry!.outcome!.churned, true);
  assert.equal(new Date(entry!.outcome!.knownAt).toISOString(), entry!.outcome!.knownAt);
  assert.ok(Math.abs(Date.parse(entry!.outcome!.happenedAt) - Date.now()) < 60_000);
  const metrics = await (await fetch(`${workspace.server.url}/metrics`)).text();
  assert.match(metrics, /holdfast_outcomes_total\{outcome="churned"\} 1\n/);
  assert.match(metrics, /holdfast_outcomes_total\{outcome="stayed"\} 0\n/);
});

test('a prediction can be named itself, in a list too', async () => {
  const alone = await predict('named');
  const customers = workspace.customers.slice(0, 3);
  const batch = (await workspace.post<{ requestId: string }>('/v1/predict', { customers })).body.requestId;
  const { status, body } = await send({
    outcomes: [
      { requestId: alone, churned: false },
      { requestId: batch, index: 2, churned: true },
    ],
  });
  assert.deepEqual([status, body.matched], [200, 2]);
  assert.equal((await logged('named'))[0]!.outcome!.churned, false);
  const ofBatch = await Promise.all(
    customers.map(async ({ customerId }) =>
      (await logged(String(customerId))).find((one) => one.requestId === batch),
    ),
  );
  assert.deepEqual(
    ofBatch.map((one) => one!.outcome?.churned ?? null),
    [null, null, true],
  );
});

test('a CSV says the same as a list; who is in no prediction waits', async () => {
  await predict('a, "quoted"');
  const csv = 'customerId,churned,happenedAt\r\n"a, ""quoted""",yes,\r\nunheard-of,no,2026-01-31\r\n';
  const { status, body } = await send(csv, { 'content-type': 'text/csv; charset=utf-8' });
  assert.deepEqual([status, body], [200, { accepted: 2, matched: 1, waiting: 1, unchanged: 0 }]);
  assert.equal((await logged('a, "quoted"'))[0]!.outcome!.churned, true);
  const row = (await written()).find((one) => one.customer_id === 'unheard-of')!;
  assert.deepEqual(
    [row.churned, row.happened_at, row.source, row.key_id],
    [0, Date.UTC(2026, 0, 31), 'api', null],
  );
});

test('all or nothing: each problem has its place in the list, or its line', async () => {
  const before = await written();
  const cases: [unknown, string[]][] = [
    [{}, ['/customerId', '/churned']],
    [{ customerId: 'a', churned: 'yes' }, ['/churned']],
    [{ customerId: 'a', churned: true, happenedAt: '2999-01-01' }, ['/happenedAt']],
    [
      {
        outcomes: [
          { customerId: 'a', churned: true },
          { customerId: 'b', churnd: true },
        ],
      },
      ['/outcomes/1/churnd', '/outcomes/1/churned'],
    ],
    [
      {
        outcomes: [
          { customerId: 'a', churned: true },
          { requestId: '01a1ff69-605a-7000-8475-589c102e4189', churned: true },
        ],
      },
      ['/outcomes/1/requestId'],
    ],
    [{ outcomes: [] }, ['/outcomes']],
    [{ outcomes: {} }, ['/outcomes']],
    [{ outcomes: [{ customerId: 'a', churned: true }], customerId: 'a' }, ['/outcomes']],
    [{ outcomes: new Array(10_001).fill({ customerId: 'a', churned: true }) }, ['/outcomes']],
    ['customerId,churned\na,true\n\nb,perhaps\n', ['/line 4/churned']],
    ['customerId,churned\na,true,3\n', ['/line 2']],
    ['customerId,churned\n', ['/line 1']],
    ['{"customerId":"a"}', ['/line 1']],
  ];
  for (const [sent, paths] of cases) {
    const { status, body } = await send<Refused>(sent);
    const about = JSON.stringify(body).slice(0, 300);
    assert.deepEqual([status, body.code], [422, 'request.invalid'], about);
    assert.deepEqual(
      body.errors.map(({ path }) => path),
      paths,
      about,
    );
  }
  const many = { outcomes: new Array(10_000).fill({ churned: 3 }) };
  assert.equal((await send<Refused>(many)).body.errors.length, 100);
  assert.equal((await send('a', { 'content-type': 'text/plain' })).status, 415);
  const latin = await fetch(`${workspace.server.url}/v1/outcomes`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body: Buffer.from('customerId,churned\nü,true\n', 'latin1'),
  });
  assert.equal(latin.status, 400);
  assert.deepEqual(await written(), before);
});

test('Idempotency-Key: sent again, outcomes are taken once and told as the first time', async () => {
  const headers = { 'idempotency-key': 'outcomes-1' };
  const first = await send({ customerId: 'twice', churned: true }, headers);
  await predict('twice');
  const before = await written();
  const again = await send({ customerId: 'twice', churned: true }, headers);
  assert.deepEqual([first.replayed, again.replayed, again.body], [null, 'true', first.body]);
  const { status, body } = await send<Refused>({ customerId: 'other', churned: true }, headers);
  assert.deepEqual([status, body.code], [422, 'request.key-reused']);
  assert.deepEqual(await written(), before);
  // A prediction may have the same key: it is another request.
  const response = await fetch(`${workspace.server.url}/predict`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(workspace.customers[0]),
  });
  assert.equal(response.status, 200);
});
