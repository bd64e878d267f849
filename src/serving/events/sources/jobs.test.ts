import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cancelJob } from '../../jobs/cancel-job.ts';
import { claimJob } from '../../jobs/claim-job.ts';
import { endJob, keepJob } from '../../jobs/owned-job.ts';
import { submitJob } from '../../jobs/submit-job.ts';
import { withServingDatabase } from '../../testing/serving-database.ts';
import { jobs } from './jobs.ts';

test('jobs: each change is an event while one listens; a renewed lease is none; who comes late hears the newest', () =>
  withServingDatabase(async (database) => {
    const reader = jobs.open(database);
    const heard: unknown[] = [];
    const at: number[] = [];
    let position = 0;
    const listen = async (): Promise<void> => {
      const page = await reader.read(position, (await reader.settled())!);
      position = page.position;
      heard.push(...page.events.map(({ data }) => [data.id, data.status, data.done]));
      at.push(...page.events.map((event) => event.at));
    };
    const owned = { id: 'a', owner: 'p' };
    await submitJob(database, { id: 'a', kind: 'train', args: {} }, { actor: 'api', now: 1 });
    await listen();
    await claimJob(database, { owner: 'p', now: 2, leaseMs: 10, mostRunning: 1 });
    await listen();
    await keepJob(database, owned, { now: 10, leaseMs: 10 });
    await listen();
    await keepJob(database, owned, { now: 10, leaseMs: 10 }, { step: 'Fitting', done: 1, total: 2 });
    await listen();
    const error = { code: 'data.no-rows', message: 'no rows' };
    await endJob(database, owned, { status: 'failed', error }, 30);
    await listen();
    assert.deepEqual(heard, [
      ['a', 'queued', null],
      ['a', 'running', null],
      ['a', 'running', 1],
      ['a', 'failed', 1],
    ]);
    assert.deepEqual(at, [1, 2, 10, 30]);
    await submitJob(database, { id: 'b', kind: 'train', args: {} }, { actor: 'api', now: 31 });
    await cancelJob(database, 'b', 32);
    const late = await reader.read(0, (await reader.settled())!);
    assert.deepEqual(
      late.events.map(({ data }) => [data.id, data.status, (data.error as { code?: string } | null)?.code]),
      [
        ['a', 'failed', 'data.no-rows'],
        ['b', 'cancelled', undefined],
      ],
    );
  }));
