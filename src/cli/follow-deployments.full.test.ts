/**
 * Servers in processes of their own over one database, and commands in others that change what is deployed: each
 * server follows within two seconds, and none of their customers is refused.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, type TestContext, test } from 'node:test';
import { type TrainedWorkspace, trainedWorkspace } from '../api/testing/served.ts';
import { changeDeployment } from '../serving/deployments/deployment.ts';
import { promoteChampionWithin } from '../serving/deployments/move-champion.ts';
import { readHistory, verifyHistory } from '../store/history.ts';
import { type PostgresServer, startPostgres } from '../store/testing/postgres-server.ts';
import { newPlace, type Place } from './testing/holdfast.ts';
import { addressOf } from './testing/served-place.ts';

const name = 'made';
/**
 * What is promised, on a machine that has time. One that runs other tests beside this one gives a process its turn
 * late: there a quarter must keep the promise, half of them three times as long, and the figures are printed.
 */
const withinMs = 2000;
const mostMs = 30_000;

let postgres: PostgresServer;
before(async () => {
  postgres = await startPostgres();
});
after(() => postgres[Symbol.asyncDispose]());

interface Asked {
  /** When a version answered first after a moment, by the clock of all processes. */
  readonly firstAfter: (version: number, moment: number) => Promise<number>;
  /** Ends, and tells how many were answered; throws what failed. */
  readonly stop: () => Promise<number>;
}

/** Asks a server all the time over a few connections. */
function askAlways(url: string, { customers }: TrainedWorkspace): Asked {
  const waiting = new Set<(version: number, at: number) => void>();
  let isOver = false;
  let answered = 0;
  const asking = Promise.all(
    [0, 1, 2, 3].map(async (connection) => {
      for (let i = connection; !isOver; i += 4) {
        const response = await fetch(`${url}/predict`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(customers[i % customers.length]),
        });
        const text = await response.text();
        assert.equal(response.status, 200, text);
        const at = Date.now();
        answered++;
        const { model } = JSON.parse(text) as { readonly model: { readonly version: number } };
        for (const tell of waiting) tell(model.version, at);
      }
    }),
  );
  const firstAfter = (version: number, moment: number) =>
    new Promise<number>((resolve, reject) => {
      const giveUp = setTimeout(
        () => reject(new Error(`version ${version} does not answer on ${url}`)),
        60_000,
      );
      const tell = (one: number, at: number) => {
        if (one !== version || at < moment) return;
        clearTimeout(giveUp);
        waiting.delete(tell);
        resolve(at);
      };
      waiting.add(tell);
    });
  return {
    firstAfter: (version, moment) =>
      Promise.race([firstAfter(version, moment), asking.then(() => Number.NaN)]),
    async stop() {
      isOver = true;
      await asking;
      return answered;
    },
  };
}

/** A version, and the command after which it answers. */
type Step = readonly [version: number, ...words: string[]];

const allSteps: readonly Step[] = [
  [2, 'models', 'promote', `${name}@2`],
  [3, 'deployments', 'canary', `${name}@3`, '--weight', '60%'],
  [3, 'deployments', 'promote'],
  [2, 'deployments', 'rollback'],
  [1, 'deployments', 'rollback', name],
];
const fewSteps: readonly Step[] = [allSteps[0]!, [1, 'deployments', 'rollback', name]];

async function followed(
  test: TestContext,
  workspace: TrainedWorkspace,
  env: Readonly<Record<string, string>>,
  steps: readonly Step[],
): Promise<void> {
  await using undo = new AsyncDisposableStack();
  const place: Place = undo.use(newPlace(env));
  const command = async (...words: string[]) => {
    const ended = await place.run(...words);
    assert.equal(ended.exit, 0, ended.stderr);
  };
  const newest = Math.max(...steps.map(([version]) => version));
  for (let version = 2; version <= newest; version++) await workspace.train(41 + version);
  const database = await workspace.app.database();
  const by = { actor: 'cli:test', now: Date.now() };
  await database.transaction((transaction) => promoteChampionWithin(transaction, { name, version: 1 }, by));
  await changeDeployment(database, name, { limits: { p95Ms: 60_000, scoreShift: 100 } }, by);
  const servers: Asked[] = [];
  for (let i = 0; i < 2; i++) {
    const { child, ended } = place.start('serve', '--port', '0', '--rate-limit', '0');
    undo.defer(async () => {
      child.kill('SIGTERM');
      assert.equal((await ended).exit, 0);
    });
    servers.push(askAlways(await addressOf(child, ended), workspace));
  }
  const delays: number[] = [];
  for (const [version, ...words] of steps) {
    await command(...words);
    // The history tells when the command began its change: that is before it could be seen.
    const { at } = (await readHistory(database)).at(-1)!;
    for (const seen of await Promise.all(servers.map((server) => server.firstAfter(version, at))))
      delays.push(seen - at);
  }
  for (const server of servers) assert.ok((await server.stop()) > 0);
  delays.sort((a, b) => a - b);
  const told = `followed within ${delays.join(', ')} ms`;
  test.diagnostic(told);
  assert.ok(delays[delays.length >> 2]! <= withinMs, told);
  assert.ok(delays[delays.length >> 1]! <= 3 * withinMs, told);
  assert.ok(delays.at(-1)! <= mostMs, told);
  assert.equal((await verifyHistory(database)).brokenAt, null);
}

test('two servers over one PostgreSQL follow what other processes change, within two seconds, and refuse nobody', async (t) => {
  const artifacts = mkdtempSync(join(tmpdir(), 'holdfast-follow-'));
  const env = { HOLDFAST_DATABASE_URL: await postgres.newDatabase(), HOLDFAST_ARTIFACTS: artifacts };
  try {
    await using workspace = await trainedWorkspace(env);
    await followed(t, workspace, env, allSteps);
  } finally {
    rmSync(artifacts, { recursive: true });
  }
});

test('two servers over one SQLite file follow too', async (t) => {
  await using workspace = await trainedWorkspace();
  await followed(t, workspace, { HOLDFAST_HOME: join(workspace.folder, 'home') }, fewSteps);
});
