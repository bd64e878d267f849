/** Requests sent again, to two servers over one database while models change: on SQLite and on a real PostgreSQL. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type App, openApp } from '../app.ts';
import { promote } from '../registry/promote.ts';
import { getVersion } from '../registry/versions.ts';
import { changeDeployment } from '../serving/deployments/deployment.ts';
import { withPredictions } from '../serving/log/tables.ts';
import type { Database } from '../store/database/database.ts';
import { type PostgresServer, startPostgres } from '../store/testing/postgres-server.ts';
import { type RunningServer, serve } from './serve.ts';
import { type TrainedWorkspace, trainedWorkspace } from './testing/served.ts';
import { until } from './testing/until.ts';

const name = 'made';
const by = { actor: 'cli:test', now: 1_800_000_000_000 };

let postgres: PostgresServer;
before(async () => {
  postgres = await startPostgres();
});
after(() => postgres?.[Symbol.asyncDispose]());

for (const engine of ['sqlite', 'postgres'] as const) {
  describe(`Idempotency-Key, two servers on ${engine}`, () => {
    let workspace: TrainedWorkspace;
    let database: Database;
    let other: App;
    const servers: RunningServer[] = [];

    before(async () => {
      const env = engine === 'sqlite' ? {} : { HOLDFAST_DATABASE_URL: await postgres.newDatabase() };
      workspace = await trainedWorkspace(env);
      for (const seed of [43, 44]) await workspace.train(seed);
      database = await workspace.app.database();
      await promote(database, { name, version: 1 }, by, { force: true, note: 'to have one' });
      other = openApp({
        cwd: workspace.folder,
        env: { HOLDFAST_HOME: workspace.app.workspace.root, HOLDFAST_THREADS: '1', ...env },
      });
      servers.push(await started(workspace.app, 'full'), await started(other, 'fast'));
    });
    after(async () => {
      for (const server of servers) await server.stop();
      await other?.close();
      await workspace?.[Symbol.asyncDispose]();
    });

    const started = (app: App, durability: 'full' | 'fast') =>
      serve(app, { host: '127.0.0.1', port: 0, model: `${name}@champion`, durability });

    async function send(server: number, url: string, body: unknown, key: string) {
      const response = await fetch(`${servers[server]!.url}${url}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify(body),
      });
      const text = await response.text();
      const replayed = response.headers.get('idempotency-replayed') === 'true';
      return { status: response.status, replayed, text, body: JSON.parse(text) as Answer };
    }
    interface Answer {
      readonly requestId: string;
      readonly code?: string;
      readonly model: { readonly version: number };
      readonly churnProbability: number;
      readonly predictions: readonly { readonly model?: { readonly version: number } }[];
    }

    const rowsOf = async (requestId: string, slot?: 'shadow') =>
      (
        await withPredictions(database.db)
          .selectFrom('prediction')
          .select('row_index')
          .where('request_id', '=', requestId)
          .where('slot', slot === undefined ? '<>' : '=', 'shadow')
          .execute()
      ).length;

    test('each of 30 keys, sent four times to each server at once, has one row and one answer', async () => {
      const keys = Array.from({ length: 30 }, (_, i) => i);
      const sent = await Promise.all(
        Array.from({ length: 8 }, (_, round) =>
          keys.map(async (i) => {
            const one = await send(round % 2, '/predict', workspace.customers[i], `key-${i}`);
            return { i, ...one };
          }),
        ).flat(),
      );
      for (const i of keys) {
        const answers = sent.filter((one) => one.i === i);
        assert.deepEqual(
          [...new Set(answers.map(({ status, text }) => `${status} ${text}`))],
          [`200 ${answers[0]!.text}`],
        );
        assert.equal(answers.filter(({ replayed }) => !replayed).length, 1);
        assert.equal(await rowsOf(answers[0]!.body.requestId), 1);
      }
    });

    test('batches of different customers under one key at the same moment: one is answered, nothing is mixed', async () => {
      for (let round = 0; round < 10; round++) {
        const sent = await Promise.all(
          [5, 6, 7, 8].map((count, i) =>
            send(i % 2, '/v1/predict', { customers: workspace.customers.slice(0, count) }, `mixed-${round}`),
          ),
        );
        const answered = sent.filter(({ status }) => status === 200);
        assert.equal(answered.length, 1);
        for (const { status, body } of sent)
          if (status !== 200) assert.deepEqual([status, body.code], [422, 'request.key-reused']);
        const [{ body }] = answered as [(typeof answered)[0]];
        assert.equal(await rowsOf(body.requestId), body.predictions.length);
      }
    });

    test('a batch that a canary and a shadow see too is written once by each, and answered as the first time', async () => {
      await changeDeployment(
        database,
        name,
        { canary: { version: 2, share: 0.5 }, shadow: { version: 3 } },
        by,
      );
      const customers = workspace.customers.slice(0, 60);
      let key = 0;
      const isSplit = async () => {
        const { body } = await send(0, '/v1/predict', { customers }, `split-${++key}`);
        return body.predictions.some(({ model }) => model?.version === 2);
      };
      await until(isSplit, 'the canary never answered');
      const first = await send(0, '/v1/predict', { customers, reasons: 1 }, 'canary');
      const again = await Promise.all(
        [0, 1, 0, 1].map((server) => send(server, '/v1/predict', { customers, reasons: 1 }, 'canary')),
      );
      for (const { text, replayed } of again) assert.deepEqual([text, replayed], [first.text, true]);
      const { requestId } = first.body;
      assert.equal(await rowsOf(requestId), 60);
      await until(async () => (await rowsOf(requestId, 'shadow')) >= 60, 'the shadow never scored');
      assert.equal(await rowsOf(requestId, 'shadow'), 60);
      await changeDeployment(database, name, { canary: null, shadow: null }, by);
    });

    test('another champion changes no answer that was given; a model that is no more is told so', async () => {
      const [customer] = workspace.customers;
      let tries = 0;
      let first = await send(0, '/predict', customer, `before-${tries}`);
      // Until the end of the canary has been heard of.
      const isFirst = async () => {
        first = await send(0, '/predict', customer, `before-${++tries}`);
        return first.body.model.version === 1;
      };
      await until(isFirst, 'the champion never answered');
      const before = `before-${tries}`;
      await promote(database, { name, version: 3 }, by, { force: true, note: 'another' });
      let key = 0;
      const isSwitched = async () => {
        const sent = await Promise.all(
          [0, 1].map((s) => send(s, '/predict', customer, `after-${s}-${++key}`)),
        );
        return sent.every(({ body }) => body.model.version === 3);
      };
      await until(isSwitched, 'version 3 never answered');
      for (const server of [0, 1]) {
        const { text, replayed } = await send(server, '/predict', customer, before);
        assert.deepEqual([text, replayed], [first.text, true]);
      }
      const { fileSha256 } = await getVersion(database, { name, version: 1 });
      await workspace.app.artifacts().remove(fileSha256);
      // A server that has not loaded it before.
      servers.push(await started(workspace.app, 'full'));
      const lost = await send(2, '/predict', customer, before);
      assert.deepEqual([lost.status, lost.body.code], [409, 'request.not-repeatable']);
    });
  });
}
