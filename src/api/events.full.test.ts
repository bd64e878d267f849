/** A client that listens while servers are killed under it hears each event once and in order, over both engines. */
import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openWholeDatabase } from '../database.ts';
import { promote } from '../registry/promote.ts';
import { at, memoryArtifacts, registerExample } from '../registry/testing/registered.ts';
import { submitJob } from '../serving/jobs/submit-job.ts';
import { databaseLogWriter } from '../serving/log/database-writer.ts';
import { logRow } from '../serving/testing/log-rows.ts';
import { type PostgresServer, startPostgres } from '../store/testing/postgres-server.ts';
import { type HeardEvent, listenTo } from './testing/event-client.ts';
import { startKillable } from './testing/killable-server.ts';
import { servedWorkspace } from './testing/served.ts';

let postgres: PostgresServer;
before(async () => {
  postgres = await startPostgres();
});
after(() => postgres[Symbol.asyncDispose]());

for (const engine of ['sqlite', 'postgres'] as const) {
  test(`${engine}: five servers killed one after the other: a client that comes back hears each event once, in order`, async () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'holdfast-events-')));
    const databaseUrl = engine === 'postgres' ? await postgres.newDatabase() : undefined;
    const database = await openWholeDatabase(join(folder, '.holdfast'), {
      HOLDFAST_DATABASE_URL: databaseUrl,
    });
    try {
      const log = databaseLogWriter(database);
      const rounds = 5;
      const each = 40;
      const heard: HeardEvent[] = [];
      let lastId: string | undefined = 'r0-p0-j0';
      let written = 0;
      const writeSome = async (): Promise<void> => {
        for (let i = 0; i < each / 4; i++)
          await log.write([0, 1, 2, 3].map(() => logRow({ requestId: `${written++}`, at: Date.now() })));
      };
      for (let round = 0; round < rounds; round++) {
        await using server = await startKillable(folder, databaseUrl);
        const client = await listenTo(server.url, lastId);
        const writing = writeSome();
        // Not all of them: the server dies while events are on their way.
        heard.push(...(await client.take(10 + round * 3)));
        await server.kill();
        lastId = heard.at(-1)!.id;
        client.close();
        await writing;
      }
      const model = await registerExample(database, memoryArtifacts());
      await promote(database, model, at(Date.now()));
      await submitJob(database, { id: 'j', kind: 'train', args: {} }, { actor: 'api', now: Date.now() });
      await using server = await startKillable(folder, databaseUrl);
      const client = await listenTo(server.url, lastId);
      heard.push(...(await client.take(rounds * each + 3 - heard.length)));
      client.close();
      const requests = heard.flatMap(({ data }) =>
        data.requestId === undefined ? [] : [Number(data.requestId)],
      );
      assert.deepEqual(
        requests,
        Array.from({ length: rounds * each }, (_, i) => i),
      );
      assert.equal(new Set(heard.map(({ id }) => id)).size, heard.length);
      assert.deepEqual(
        heard
          .map(({ type }) => type)
          .filter((type) => type !== 'prediction.high-risk')
          .toSorted(),
        ['deployment.switched', 'job.progress', 'model.registered'],
      );
    } finally {
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

test('a server with a model: who was answered with the highest band is told once, without a value', async () => {
  await using workspace = await servedWorkspace();
  const { url } = workspace.server;
  const client = await listenTo(url, undefined, '?types=prediction.high-risk&model=made');
  interface Answer {
    readonly requestId: string;
    readonly predictions: readonly {
      readonly id: string;
      readonly churnProbability: number;
      readonly band: string;
    }[];
  }
  const customers = workspace.customers.slice(0, 100);
  const { body } = await workspace.post<Answer>('/v1/predict', { customers });
  const expected = body.predictions.flatMap(({ id, churnProbability, band }, index) =>
    band === 'high' ? [{ requestId: body.requestId, index, id, churnProbability }] : [],
  );
  assert.ok(expected.length > 5);
  const heard = await client.take(expected.length);
  client.close();
  assert.deepEqual(
    heard.map(({ data: { requestId, index, id, churnProbability } }) => ({
      ...{ requestId, index, id, churnProbability },
    })),
    expected,
  );
  const { name, label, id } = workspace.liveModel;
  assert.deepEqual(heard[0]!.data.model, { id, name, version: 1, label });
  assert.deepEqual(Object.keys(heard[0]!.data), [
    ...['at', 'requestId', 'index', 'id', 'churnProbability', 'band', 'certainty', 'slot', 'model'],
  ]);
});
