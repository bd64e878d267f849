/** The job table, over any engine. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Database } from '../../../store/database/database.ts';
import type { TestDatabases } from '../../../store/testing/test-databases.ts';
import { cancelJob } from '../../jobs/cancel-job.ts';
import { claimJob } from '../../jobs/claim-job.ts';
import { findJob, type Job, listJobs } from '../../jobs/job.ts';
import { endJob, keepJob, lookAtJob } from '../../jobs/owned-job.ts';
import { type JobLimits, submitJob } from '../../jobs/submit-job.ts';

const submit = (database: Database, id: string, now = 0, limits?: JobLimits): Promise<Job> =>
  submitJob(database, { id, kind: 'train', args: { seed: 1 } }, { actor: 'key:a', now }, limits);
const claim = (database: Database, owner: string, now = 0, mostRunning = 1): Promise<Job | null> =>
  claimJob(database, { owner, now, leaseMs: 100, mostRunning });
const done = { status: 'done', result: { rows: 3 } } as const;

export function jobSuite({ engine, with: withDatabases }: TestDatabases): void {
  test(`${engine}: job: waits, is taken up in the order of asking, tells how far it came and how it ended`, () =>
    withDatabases(1, async (database) => {
      const first = await submit(database, 'a', 5);
      assert.deepEqual(
        [first.status, first.actor, first.createdAt, first.args],
        ['queued', 'key:a', 5, { seed: 1 }],
      );
      await submit(database, 'b', 6);
      assert.equal((await claim(database, 'p', 10))!.id, 'a');
      // One at a time.
      assert.equal(await claim(database, 'p', 11), null);
      const owned = { id: 'a', owner: 'p' };
      assert.equal(
        await keepJob(database, owned, { now: 50, leaseMs: 100 }, { step: 'Fitting', done: 3, total: 9 }),
        true,
      );
      const running = await findJob(database, 'a');
      assert.deepEqual(
        [running.status, running.startedAt, running.step, running.done, running.total],
        ['running', 10, 'Fitting', 3, 9],
      );
      assert.equal(await endJob(database, owned, done, 20), true);
      const ended = await findJob(database, 'a');
      assert.deepEqual(
        [ended.status, ended.finishedAt, ended.result, ended.error],
        ['done', 20, { rows: 3 }, null],
      );
      assert.equal((await claim(database, 'q', 21))!.id, 'b');
      // The process that ran it makes room for another one.
      await keepJob(
        database,
        { id: 'b', owner: 'q' },
        { now: 21, leaseMs: 9 },
        { step: 'Fitting', done: 1, total: 2 },
      );
      await endJob(database, { id: 'b', owner: 'q' }, { status: 'queued' }, 22);
      const again = await findJob(database, 'b');
      assert.deepEqual(
        [again.status, again.startedAt, again.finishedAt, again.step],
        ['queued', null, null, null],
      );
      assert.equal((await claim(database, 'q', 22))!.id, 'b');
      const error = { code: 'data.no-rows', message: 'no rows' };
      await endJob(database, { id: 'b', owner: 'q' }, { status: 'failed', error }, 22);
      assert.deepEqual((await findJob(database, 'b')).error, error);
      await assert.rejects(findJob(database, 'c'), { code: 'job.not-found' });
    }));

  test(`${engine}: job: four processes that look at once take up each job once, and never more than may run`, () =>
    withDatabases(4, async (...databases) => {
      const [first] = databases;
      for (let i = 0; i < 8; i++) await submit(first!, `j${i}`);
      const taken: string[] = [];
      for (let round = 0; taken.length < 8; round++) {
        assert.ok(round < 20, 'jobs are left lying');
        const claims = await Promise.all(databases.map((one, i) => claim(one, `p${i}`, 0, 3)));
        const got = claims.flatMap((job, i) => (job ? [{ id: job.id, owner: `p${i}` }] : []));
        assert.ok(got.length >= 1 && got.length <= 3, `${got.length} at once`);
        taken.push(...got.map(({ id }) => id));
        for (const one of got) assert.equal(await endJob(first!, one, done, 1), true);
      }
      assert.deepEqual(taken.toSorted(), ['j0', 'j1', 'j2', 'j3', 'j4', 'j5', 'j6', 'j7']);
    }));

  test(`${engine}: job: one whose owner let its lease pass is lost; the owner that comes back has lost it`, () =>
    withDatabases(2, async (one, other) => {
      await submit(one, 'a');
      await submit(one, 'b');
      await claim(one, 'dead', 0);
      assert.equal(await keepJob(one, { id: 'a', owner: 'dead' }, { now: 100, leaseMs: 100 }), true);
      assert.equal(await claim(other, 'p', 199), null);
      assert.equal((await claim(other, 'p', 200))!.id, 'b');
      const lost = await findJob(one, 'a');
      assert.deepEqual([lost.status, lost.error?.code, lost.finishedAt], ['failed', 'job.lost', 200]);
      assert.deepEqual(await lookAtJob(one, { id: 'a', owner: 'dead' }), {
        isOwned: false,
        cancelAsked: false,
      });
      assert.equal(await keepJob(one, { id: 'a', owner: 'dead' }, { now: 200, leaseMs: 100 }), false);
      assert.equal(await endJob(one, { id: 'a', owner: 'dead' }, done, 201), false);
      assert.equal((await findJob(one, 'a')).status, 'failed');
    }));

  test(`${engine}: job: cancelling ends one that waits, asks for the end of one that runs, and refuses one that ended`, () =>
    withDatabases(2, async (one, other) => {
      await submit(one, 'a');
      await submit(one, 'b');
      assert.equal((await cancelJob(other, 'b', 7)).status, 'cancelled');
      await claim(one, 'p');
      const asked = await cancelJob(other, 'a', 8);
      assert.deepEqual([asked.status, asked.cancelAsked], ['running', true]);
      assert.deepEqual(await lookAtJob(one, { id: 'a', owner: 'p' }), { isOwned: true, cancelAsked: true });
      await cancelJob(other, 'a', 9);
      await endJob(one, { id: 'a', owner: 'p' }, { status: 'cancelled' }, 10);
      assert.equal((await findJob(other, 'a')).status, 'cancelled');
      // Nothing is left to be taken up.
      assert.equal(await claim(one, 'p'), null);
      assert.equal((await cancelJob(other, 'b', 11)).finishedAt, 7);
      await submit(one, 'c');
      await claim(one, 'p');
      await endJob(one, { id: 'c', owner: 'p' }, done, 12);
      await assert.rejects(cancelJob(other, 'c', 13), { code: 'job.ended' });
      await assert.rejects(cancelJob(other, 'x', 13), { code: 'job.not-found' });
    }));

  test(`${engine}: job: so many may wait and so many ended ones are kept; a list has pages`, () =>
    withDatabases(1, async (database) => {
      const limits = { mostQueued: 2, mostKept: 3 };
      await submit(database, 'a', 0, limits);
      await submit(database, 'b', 0, limits);
      await assert.rejects(submit(database, 'c', 0, limits), { code: 'job.full' });
      for (const id of ['a', 'b']) await cancelJob(database, id, 1);
      for (const id of ['d', 'e', 'f', 'g']) {
        await submit(database, id, 0, limits);
        await cancelJob(database, id, 1);
      }
      await submit(database, 'h', 0, limits);
      const ids = async (after: number | null, limit: number) => {
        const { jobs, hasMore } = await listJobs(database, { limit, after });
        return { ids: jobs.map(({ id }) => id).join(''), last: jobs.at(-1)!.seq, hasMore };
      };
      const first = await ids(null, 2);
      assert.deepEqual([first.ids, first.hasMore], ['hg', true]);
      const rest = await ids(first.last, 2);
      assert.deepEqual([rest.ids, rest.hasMore], ['fe', false]);
      const { jobs } = await listJobs(database, { limit: 9, after: null, status: 'queued' });
      assert.deepEqual(
        jobs.map(({ id }) => id),
        ['h'],
      );
    }));
}
