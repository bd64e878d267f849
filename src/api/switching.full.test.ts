/** Which model answers while the registry changes, over real HTTP and a real log. */
import assert from 'node:assert/strict';
import { Agent, request as httpRequest } from 'node:http';
import type { Socket } from 'node:net';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { promote, rollback } from '../registry/promote.ts';
import { changeDeployment } from '../serving/deployments/deployment.ts';
import { withPredictions } from '../serving/log/tables.ts';
import { verifyHistory } from '../store/history.ts';
import { type Answered, by, name, patient } from './testing/deployed-server.ts';
import { deployedHere } from './testing/served-here.ts';
import { until } from './testing/until.ts';

const server = deployedHere(({ database }) => changeDeployment(database, name, { limits: patient }, by));

test('promoting another version and rolling back: no request fails, all are answered by one of the two', async () => {
  let isOver = false;
  const seen = new Set<number>();
  const asking = Promise.all(
    Array.from({ length: 20 }, async (_, connection) => {
      for (let i = connection; !isOver; i += 20) seen.add((await server().ask(i)).model.version);
    }),
  );
  await promote(server().database, { name, version: 2 }, by, { force: true, note: 'a switch under load' });
  await server().askUntil(({ model }) => model.version === 2, 'version 2 never answered');
  await rollback(server().database, name, by);
  await server().askUntil(({ model }) => model.version === 1, 'version 1 did not come back');
  isOver = true;
  await asking;
  assert.deepEqual([...seen].sort(), [1, 2]);
});

test('a canary answers its share, the same customers each time, alone and in a batch; the log says who answered', async () => {
  await changeDeployment(server().database, name, { canary: { version: 2, share: 0.4 } }, by);
  await server().askUntil(({ model }) => model.version === 2, 'the canary never answered');
  const rows = [...Array(120).keys()];
  const first = await Promise.all(rows.map((i) => server().ask(i)));
  const second = await Promise.all(rows.map((i) => server().ask(i)));
  const versions = first.map(({ model }) => model.version);
  assert.deepEqual(
    second.map(({ model }) => model.version),
    versions,
  );
  const share = versions.filter((version) => version === 2).length / rows.length;
  assert.ok(share > 0.2 && share < 0.6, String(share));
  const response = await fetch(`${server().url}/v1/predict`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ customers: server().workspace.customers.slice(0, 120) }),
  });
  const batch = (await response.json()) as {
    requestId: string;
    model: { version: number };
    predictions: { model?: { version: number }; churnProbability: number }[];
  };
  assert.equal(batch.model.version, 1);
  assert.deepEqual(
    batch.predictions.map(({ model }) => model?.version ?? 1),
    versions,
  );
  const logged = await withPredictions(server().database.db)
    .selectFrom('prediction')
    .selectAll()
    .where('request_id', '=', batch.requestId)
    .orderBy('row_index')
    .execute();
  assert.deepEqual(
    logged.map(({ row_index, slot, score }) => [row_index, slot, score]),
    batch.predictions.map(({ churnProbability }, i) => [
      i,
      versions[i] === 2 ? 'canary' : 'live',
      churnProbability,
    ]),
  );
  await changeDeployment(server().database, name, { canary: null }, by);
  // Sixty customers in a row, of whom two in five were the canary's.
  let alone = 0;
  await server().askUntil(({ model }) => {
    alone = model.version === 1 ? alone + 1 : 0;
    return alone === 60;
  }, 'the canary did not end');
});

test('a shadow is scored and logged, and answers nobody', async () => {
  await changeDeployment(server().database, name, { canary: null, shadow: { version: 3 } }, by);
  let requestId = '';
  const ofRequest = () =>
    withPredictions(server().database.db)
      .selectFrom('prediction')
      .select(['slot', 'score', 'model_id'])
      .where('request_id', '=', requestId)
      .orderBy('seq')
      .execute();
  for (let i = 0; i < 300; i++) {
    const answer = await server().ask(i);
    assert.equal(answer.model.version, 1);
    requestId = answer.requestId;
    await pause(10);
    if ((await ofRequest()).length === 2) break;
  }
  const rows = await ofRequest();
  assert.deepEqual(
    rows.map(({ slot }) => slot),
    ['live', 'shadow'],
  );
  assert.notEqual(rows[0]!.model_id, rows[1]!.model_id);
  await changeDeployment(server().database, name, { shadow: null }, by);
});

test('two hundred open connections through promotions, canaries and rollbacks: none fails or is cut, and every answer is in the log once, as it was given', async () => {
  const connections = 200;
  const log = withPredictions(server().database.db).selectFrom('prediction');
  const { newest } = await log.select((one) => one.fn.max('seq').as('newest')).executeTakeFirstOrThrow();
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const sockets = new Set<Socket>();
  const answers = new Map<string, string>();
  const seen = new Map<number, number>();
  const askOn = (i: number) =>
    new Promise<void>((resolve, reject) => {
      const request = httpRequest(
        `${server().url}/predict`,
        { agent, method: 'POST', headers: { 'content-type': 'application/json' } },
        (response) => {
          sockets.add(response.socket);
          let text = '';
          response.setEncoding('utf8').on('data', (part: string) => {
            text += part;
          });
          response.on('error', reject).on('end', () => {
            if (response.statusCode !== 200) return reject(new Error(`${response.statusCode} ${text}`));
            const { requestId, model, churnProbability } = JSON.parse(text) as Answered & {
              readonly churnProbability: number;
              readonly model: { readonly version: number; readonly label: string };
            };
            answers.set(requestId, `${model.label} ${churnProbability}`);
            seen.set(model.version, (seen.get(model.version) ?? 0) + 1);
            resolve();
          });
        },
      );
      request.on('error', reject);
      request.end(JSON.stringify(server().workspace.customers[i % server().workspace.customers.length]));
    });
  let isOver = false;
  let asked = 0;
  const asking = Promise.all(
    Array.from({ length: connections }, async (_, connection) => {
      for (let i = connection; !isOver; i += connections) {
        asked++;
        await askOn(i);
      }
    }),
  );
  const answersOf = async (version: number) => {
    const before = seen.get(version) ?? 0;
    const more = async () => (seen.get(version) ?? 0) >= before + 50;
    await Promise.race([asking, until(more, `version ${version} does not answer`)]);
  };
  const switches: readonly (readonly [string, string, object | undefined, number])[] = [
    ['POST', '/promote', { version: 2 }, 2],
    ['POST', '/canary', { version: 3, weight: 0.5 }, 3],
    ['POST', '/canary', { version: 3, weight: 0.9 }, 2],
    ['POST', '/promote', {}, 3],
    ['POST', '/rollback', undefined, 2],
    ['POST', '/shadow', { version: 3 }, 2],
    ['POST', '/canary', { version: 1, weight: 0.3 }, 1],
    ['DELETE', '/canary', undefined, 2],
    ['DELETE', '/shadow', undefined, 2],
    ['POST', '/rollback', undefined, 1],
  ];
  await answersOf(1);
  for (const [method, path, body, version] of switches) {
    await server().deployed(method, path, body);
    await answersOf(version);
  }
  isOver = true;
  await asking;
  assert.equal(answers.size, asked);
  assert.equal(sockets.size, connections, 'no connection was closed and opened anew');
  agent.destroy();
  const rows = await log
    .select(['request_id', 'model_label', 'score'])
    .where('seq', '>', newest)
    .where('slot', '!=', 'shadow')
    .execute();
  assert.equal(rows.length, answers.size);
  for (const { request_id, model_label, score } of rows)
    assert.equal(`${model_label} ${score}`, answers.get(request_id));
  assert.equal((await verifyHistory(server().database)).brokenAt, null);
});
