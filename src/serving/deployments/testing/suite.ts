/** Deployments over any engine: who stands where, what a follower makes of it, who is sent back. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../../../base/clock.ts';
import { HoldfastError } from '../../../base/errors.ts';
import type { Changing } from '../../../registry/change.ts';
import type { ModelVersion, VersionKey } from '../../../registry/model-version.ts';
import { type PromoteOptions, promote } from '../../../registry/promote.ts';
import { anna, ben, memoryArtifacts, registerExample } from '../../../registry/testing/registered.ts';
import type { Database } from '../../../store/database/database.ts';
import { readHistory, verifyHistory } from '../../../store/history.ts';
import type { TestDatabases } from '../../../store/testing/test-databases.ts';
import type { LiveModel } from '../../live-model.ts';
import { changeDeployment, currentDeployment } from '../deployment.ts';
import { deploymentHistory } from '../deployment-history.ts';
import { deploymentState, listDeployments } from '../deployment-state.ts';
import { watchLimits } from '../judge-slot.ts';
import { type DeploymentFollower, followDeployment } from '../live-deployment.ts';
import { promoteCanaryWithin, promoteChampionWithin, rollBackChampion } from '../move-champion.ts';
import { type SlotWatch, watchActor, watchSlots } from '../watch-slots.ts';

const name = 'telco';
const refused = (code: string) => (error: unknown) => error instanceof HoldfastError && error.code === code;
const promoteChampion = (
  database: Database,
  key: VersionKey,
  by: Changing,
): ReturnType<typeof promoteChampionWithin> =>
  database.transaction((transaction) => promoteChampionWithin(transaction, key, by));
const promoteCanary = (
  database: Database,
  of: string,
  by: Changing,
  options: PromoteOptions = {},
): ReturnType<typeof promoteCanaryWithin> =>
  database.transaction((transaction) => promoteCanaryWithin(transaction, of, by, options));
const half = (version: number) => ({ canary: { version, share: 0.5 } });

/** Versions 1, 2, 3; the first is champion. */
async function withThree(database: Database): Promise<void> {
  const artifacts = memoryArtifacts();
  for (let i = 0; i < 3; i++) await registerExample(database, artifacts);
  await promote(database, { name, version: 1 }, anna);
}

interface Follower {
  readonly follower: DeploymentFollower;
  /** Numbers of champion, canary and shadow. */
  slots(): readonly (number | null | undefined)[];
  readonly watch: SlotWatch;
}

/** A follower that looks only when it is asked to, unless `everyMs` is given. `broken`: versions that can't be loaded. */
function follow(
  database: Database,
  clock: Clock = { now: () => 0, cpuSeconds: () => 0 },
  broken: ReadonlySet<number> = new Set(),
  everyMs = 2 ** 31 - 1,
): Follower {
  const open = async ({ modelId: id, version }: ModelVersion) => {
    if (broken.has(version)) throw new Error(`version ${version} is broken`);
    return { id, name, version } as LiveModel;
  };
  const follower = followDeployment({
    ...{ database, name, open, clock, draw: () => 0.3, everyMs },
    switched: (now, before) => watch.switched(now, before),
  });
  const watch = watchSlots(database, follower, clock);
  return {
    follower,
    watch,
    slots() {
      const { live, canary, shadow } = follower.current ?? {};
      return [live?.version, canary?.model.version ?? null, shadow?.version ?? null];
    },
  };
}

export function deploymentSuite({ engine, with: withDatabases }: TestDatabases): void {
  test(`${engine}: deployments: canary and shadow stand beside the champion; the same again changes nothing`, () =>
    withDatabases(1, async (database) => {
      await withThree(database);
      await changeDeployment(database, name, { ...half(2), note: 'March' }, ben);
      const both = await changeDeployment(database, name, { shadow: { version: 3 } }, anna);
      assert.deepEqual([both.canary, both.shadow], [{ version: 2, share: 0.5 }, { version: 3 }]);
      const entries = (await readHistory(database)).length;
      const again = await changeDeployment(database, name, { ...half(2), limits: {}, note: 'again' }, ben);
      assert.equal(again.seq, both.seq);
      assert.equal((await readHistory(database)).length, entries);
      const state = await deploymentState(database, name);
      assert.deepEqual(
        [state.champion?.version.version, state.canary?.version.version, state.shadow?.version.version],
        [1, 2, 3],
      );
      assert.equal((await listDeployments(database)).length, 1);
      await assert.rejects(deploymentState(database, 'telko'), refused('model.not-found'));
    }));

  test(`${engine}: deployments: without champion, with the champion itself, unapproved or meanwhile changed is refused`, () =>
    withDatabases(1, async (database) => {
      const artifacts = memoryArtifacts();
      for (const fourEyes of [false, false, true]) await registerExample(database, artifacts, { fourEyes });
      await assert.rejects(changeDeployment(database, name, half(2), anna), refused('deployment.empty'));
      await promote(database, { name, version: 1 }, anna);
      await assert.rejects(
        changeDeployment(database, name, half(1), anna),
        refused('deployment.is-champion'),
      );
      await assert.rejects(changeDeployment(database, name, half(3), anna), refused('registry.refused'));
      const strict = { ...anna, fourEyes: true };
      await assert.rejects(changeDeployment(database, name, half(2), strict), refused('registry.refused'));
      await assert.rejects(changeDeployment(database, name, half(9), anna), refused('model.not-found'));
      await assert.rejects(promoteCanary(database, name, anna), refused('deployment.empty'));
      for (const limits of [{ errorRate: 2 }, { windowSeconds: 1.5 }])
        await assert.rejects(changeDeployment(database, name, { limits }, anna), refused('usage.argument'));
      const { seq } = await changeDeployment(database, name, half(2), anna);
      await changeDeployment(database, name, { canary: null }, anna, seq);
      await assert.rejects(changeDeployment(database, name, half(2), anna, seq), refused('store.conflict'));
    }));

  test(`${engine}: deployments: who was canary before it was champion is no canary after a rollback`, () =>
    withDatabases(1, async (database) => {
      await withThree(database);
      await changeDeployment(database, name, { ...half(2), shadow: { version: 3 } }, anna);
      assert.equal((await promoteCanary(database, name, ben, { note: 'a week' })).before, 1);
      assert.equal((await rollBackChampion(database, name, ben)).version.version, 1);
      const { canary, shadow } = await currentDeployment(database, name);
      assert.deepEqual([canary, shadow], [null, { version: 3 }]);
      await promoteChampion(database, { name, version: 3 }, ben);
      assert.equal((await currentDeployment(database, name)).shadow, null);
      assert.deepEqual(
        (await deploymentHistory(database, name)).map(({ event, subject }) => `${subject} ${event}`),
        [
          'model:telco:1 model.promoted',
          'deployment:telco deployment.changed',
          'model:telco:2 model.promoted',
          'deployment:telco deployment.changed',
          'model:telco:1 model.rolled-back',
          'model:telco:3 model.promoted',
          'deployment:telco deployment.changed',
        ],
      );
      assert.equal((await verifyHistory(database)).brokenAt, null);
    }));

  test(`${engine}: deployments: two processes that see the same fault go back once`, () =>
    withDatabases(2, async (one, other) => {
      await withThree(one);
      for (const version of [2, 3]) await promoteChampion(one, { name, version }, anna);
      const both = await Promise.allSettled(
        [one, other].map((database) => rollBackChampion(database, name, ben, { from: 3 })),
      );
      const failed = both.filter((done) => done.status === 'rejected');
      assert.equal(failed.length, 1);
      assert.ok(refused('store.conflict')(failed[0]!.reason), String(failed[0]!.reason));
      assert.equal((await deploymentState(one, name)).champion?.version.version, 2);
    }));

  test(`${engine}: followers: a look where nothing changed is one query, and another process's change is seen`, () =>
    withDatabases(2, async (one, other) => {
      await withThree(one);
      const queries: string[] = [];
      const db = one.db.withPlugin({
        transformQuery({ node }) {
          queries.push(JSON.stringify(node).includes('"max"') ? 'newest entry' : 'more');
          return node;
        },
        transformResult: async ({ result }) => result,
      });
      const { follower, slots } = follow({ ...one, db }, undefined, undefined, 1);
      await follower.refresh();
      queries.length = 0;
      while (queries.length < 20) await pause(1);
      assert.deepEqual([...new Set(queries)], ['newest entry']);
      await changeDeployment(other, name, { ...half(2), shadow: { version: 3 } }, anna);
      await follower.refresh();
      assert.deepEqual(slots(), [1, 2, 3]);
      await promoteCanary(other, name, anna);
      await follower.refresh();
      assert.deepEqual(slots(), [2, null, 3]);
      follower.stop();
    }));

  test(`${engine}: followers: a champion that can't be loaded changes nothing; a canary that can't be leaves its slot empty`, () =>
    withDatabases(1, async (database) => {
      await withThree(database);
      const broken = new Set([3]);
      const { follower, slots } = follow(database, undefined, broken);
      await changeDeployment(database, name, half(3), anna);
      await follower.refresh();
      assert.deepEqual(slots(), [1, null, null]);
      assert.match(String(follower.failure), /version 3 is broken/);
      await promoteChampion(database, { name, version: 2 }, anna);
      await follower.refresh();
      assert.deepEqual(slots(), [2, null, null], 'the rest is followed');
      await promoteCanary(database, name, anna);
      await follower.refresh();
      assert.deepEqual(slots(), [2, null, null]);
      broken.clear();
      await follower.refresh();
      assert.deepEqual(slots(), [3, null, null]);
      assert.equal(follower.failure, null);
      follower.stop();
    }));

  test(`${engine}: watch: where the database is away when a new champion fails, the next look sends it back`, () =>
    withDatabases(1, async (database) => {
      await withThree(database);
      let isAway = false;
      const flaky: Database = Object.create(database, {
        transaction: {
          value: (work: Parameters<Database['transaction']>[0]) =>
            isAway ? Promise.reject(new Error('away')) : database.transaction(work),
        },
      });
      let now = 1_000_000;
      const { follower, watch, slots } = follow(flaky, { now: () => now, cpuSeconds: () => 0 });
      await follower.refresh();
      await changeDeployment(database, name, { limits: watchLimits.parse({ atLeast: 20 }) }, anna);
      await follower.refresh();
      for (let i = 0; i < 200; i++) watch.answered(follower.current!.live.id, 1, 0.1);
      await promoteChampion(database, { name, version: 2 }, anna);
      await follower.refresh();
      for (let i = 0; i < 200; i++) watch.answered(follower.current!.live.id, 1, 0.9);
      now += 1000;
      isAway = true;
      await assert.rejects(watch.look(), /away/);
      isAway = false;
      assert.equal((await watch.look())?.what, 'champion');
      assert.deepEqual(slots(), [1, null, null]);
      assert.equal(await watch.look(), null);
      follower.stop();
    }));

  test(`${engine}: watch: a canary with errors goes; a new champion on trial too; who came back is not on trial`, () =>
    withDatabases(1, async (database) => {
      await withThree(database);
      let now = 1_000_000;
      const { follower, watch, slots } = follow(database, { now: () => now, cpuSeconds: () => 0 });
      await follower.refresh();
      const limits = watchLimits.parse({ atLeast: 20, windowSeconds: 10 });
      await changeDeployment(database, name, { ...half(2), limits }, anna);
      await follower.refresh();
      const canaryId = follower.current!.canary!.model.id;
      for (let i = 0; i < 19; i++) watch.failed(canaryId);
      assert.equal(await watch.look(), null, 'too few to tell');
      watch.failed(canaryId);
      const back = await watch.look();
      assert.deepEqual([back?.what, back?.version, back?.breach], ['canary', 2, 'error-rate']);
      assert.deepEqual(slots(), [1, null, null]);
      const answer = (count: number, score: number) => {
        for (let i = 0; i < count; i++) watch.answered(follower.current!.live.id, 1, score);
      };
      answer(200, 0.1);
      await promoteChampion(database, { name, version: 3 }, anna);
      await follower.refresh();
      answer(200, 0.9);
      now += 1000;
      const other = await watch.look();
      assert.deepEqual([other?.what, other?.version, other?.breach], ['champion', 3, 'score-shift']);
      assert.deepEqual(slots(), [1, null, null]);
      const { lastReturn } = await deploymentState(database, name);
      assert.deepEqual([lastReturn?.what, lastReturn?.version], ['champion', 3]);
      assert.match(
        lastReturn!.why,
        /^sent back by itself: score shift \d+\.\d\d \(PSI\), at most 0\.25 allowed$/,
      );
      answer(200, 0.1);
      assert.equal(await watch.look(), null);
      // By hand, after the trial: promoting 3, waiting, going back.
      await promoteChampion(database, { name, version: 3 }, anna);
      await follower.refresh();
      answer(200, 0.9);
      now += 11_000;
      assert.equal(await watch.look(), null, 'its trial is over');
      await rollBackChampion(database, name, ben);
      await follower.refresh();
      answer(200, 0.1);
      assert.equal(await watch.look(), null, 'going back is never undone by itself');
      assert.deepEqual(slots(), [1, null, null]);
      const byItself = (await readHistory(database)).filter(({ actor }) => actor === watchActor);
      assert.deepEqual(
        byItself.map(({ event }) => event).filter((event) => /deployment|rolled-back/.test(event)),
        ['deployment.changed', 'model.rolled-back', 'alias.rolled-back'],
      );
      follower.stop();
    }));
}
