/** Events over any engine: each once, in order, whoever listens and whenever they come back. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { removeAlias } from '../../../registry/aliases.ts';
import { champion } from '../../../registry/names.ts';
import { promote, rollback } from '../../../registry/promote.ts';
import { at, memoryArtifacts, registerExample } from '../../../registry/testing/registered.ts';
import type { Database } from '../../../store/database/database.ts';
import { createKey } from '../../../store/keys.ts';
import type { TestDatabases } from '../../../store/testing/test-databases.ts';
import { changeDeployment } from '../../deployments/deployment.ts';
import { type EventFeed, eventFeed } from '../../events/event-feed.ts';
import { parsePositions } from '../../events/positions.ts';
import type { ToldEvent } from '../../events/read-on.ts';
import { eventSources } from '../../events/sources/all.ts';
import { claimJob } from '../../jobs/claim-job.ts';
import { submitJob } from '../../jobs/submit-job.ts';
import { databaseLogWriter } from '../../log/database-writer.ts';
import type { LogEntry } from '../../log/log-writer.ts';
import { logRow } from '../log-rows.ts';

const feedOf = (database: Database, own: { mostListeners?: number; quietMs?: number } = {}): EventFeed =>
  eventFeed({ database, sources: eventSources, everyMs: 10, ...own });

/** Listens until so many events are told. */
async function hear(feed: EventFeed, after: string | null, count: number): Promise<ToldEvent[]> {
  const end = new AbortController();
  const positions = after === null ? null : parsePositions(after)!;
  const heard: ToldEvent[] = [];
  try {
    for await (const { events } of await feed.listen(positions, end.signal)) {
      heard.push(...events);
      if (heard.length >= count) return heard;
    }
    return heard;
  } finally {
    end.abort();
  }
}

/** By the one who writes without a thread: both engines take it. */
const write = async (database: Database, ...rows: Partial<LogEntry>[]): Promise<void> => {
  const writer = databaseLogWriter(database);
  await writer.write(rows.map(logRow));
};

const beginning = 'r0-p0-j0';
/** After what the registry's examples say of their time. */
const later = Date.UTC(2027, 0, 1);
const requestsOf = (events: readonly ToldEvent[]) => events.map(({ data }) => data.requestId);

export function eventSuite({ engine, with: withDatabases }: TestDatabases): void {
  test(`${engine}: events: what changes in registry, deployments and jobs is told, each kind with its facts`, () =>
    withDatabases(1, async (database) => {
      const artifacts = memoryArtifacts();
      const by = at(2000);
      const first = await registerExample(database, artifacts);
      const second = await registerExample(database, artifacts);
      await createKey(database, { name: 'shop', scopes: ['read'] }, by);
      await promote(database, first, by);
      await promote(database, second, by);
      await changeDeployment(database, 'telco', { shadow: { version: 1 } }, by);
      await rollback(database, 'telco', by);
      await removeAlias(database, 'telco', champion, by);
      await submitJob(database, { id: 'j', kind: 'train', args: {} }, { actor: 'api', now: later });
      await claimJob(database, { owner: 'p', now: later + 1, leaseMs: 10, mostRunning: 1 });
      const feed = feedOf(database);
      const told = await hear(feed, beginning, 8);
      assert.deepEqual(
        told.map(({ type, data: { slot, version, before, rolledBack, status } }) =>
          type === 'model.registered'
            ? [type]
            : type === 'job.progress'
              ? [type, status]
              : [type, slot, version, slot === 'live' ? before : null, rolledBack],
        ),
        [
          ['model.registered'],
          ['model.registered'],
          ['deployment.switched', 'live', 1, null, false],
          ['deployment.switched', 'live', 2, 1, false],
          ['deployment.switched', 'beside', undefined, null, undefined],
          ['deployment.switched', 'live', 1, 2, true],
          ['deployment.switched', 'live', null, 1, false],
          // Asked for and taken up before anybody listened: the newest state is told.
          ['job.progress', 'running'],
        ],
      );
      const { label, modelId: id } = second;
      assert.deepEqual(told[1]!.data, {
        model: { id, name: 'telco', version: 2, label },
        passed: second.passed,
        by: second.registeredBy,
      });
      assert.deepEqual(told[1]!.models, ['telco', id, label]);
      assert.deepEqual(told[4]!.data.shadow, { version: 1 });
      assert.equal(told.at(-1)!.data.kind, 'train');
      feed.stop();
    }));

  test(`${engine}: events: high risk that was answered is told, with no value; shadows, lists and low risk are not`, () =>
    withDatabases(1, async (database) => {
      const model = await registerExample(database, memoryArtifacts());
      await write(
        database,
        { requestId: 'low', band: 'medium' },
        { requestId: 'shadow', slot: 'shadow' },
        { requestId: 'list', source: 'batch' },
        { requestId: 'told', at: later, rowIndex: 2, modelId: model.modelId, modelLabel: model.label },
        { requestId: 'canary', at: later, slot: 'canary', customerId: null },
      );
      const feed = feedOf(database);
      const [, told, canary] = await hear(feed, beginning, 3);
      assert.deepEqual(told!.data, {
        ...{ requestId: 'told', index: 2, id: 'C1', churnProbability: 0.9, band: 'high', certainty: 'sure' },
        slot: 'live',
        model: { id: model.modelId, name: 'telco', version: 1, label: model.label },
      });
      assert.deepEqual(told!.models, [model.modelId, model.label, 'telco']);
      assert.ok(!JSON.stringify(told).includes('tenure'));
      // A model of a file is in no registry.
      assert.deepEqual([canary!.data.requestId, canary!.data.id, canary!.models.length], ['canary', null, 2]);
      feed.stop();
    }));

  test(`${engine}: events: whoever comes back with any id hears the rest, each event once and in order`, () =>
    withDatabases(2, async (database, other) => {
      for (let i = 0; i < 4; i++) {
        await write(database, { requestId: `a${i}`, at: 1000 + i }, { requestId: `b${i}`, at: 1000 + i });
        await submitJob(database, { id: `j${i}`, kind: 'train', args: {} }, { actor: 'api', now: 1000 + i });
      }
      const [feed, elsewhere] = [feedOf(database), feedOf(other)];
      const all = await hear(feed, beginning, 12);
      assert.equal(all.length, 12);
      assert.equal(new Set(all.map(({ id }) => id)).size, 12);
      assert.deepEqual(
        all.map(({ at }) => at),
        all.map(({ at }) => at).toSorted((a, b) => a - b),
      );
      for (const [i, { id }] of all.entries()) {
        // At another process of the same database; one more event ends the listening.
        const rest = i === 11 ? [] : await hear(elsewhere, id, 11 - i);
        assert.deepEqual(
          rest.map((event) => event.id),
          all.slice(i + 1).map((event) => event.id),
        );
      }
      feed.stop();
      elsewhere.stop();
    }));

  test(`${engine}: events: those who listen hear the same while others write; the slow hear all of it later`, () =>
    withDatabases(3, async (database, writing, writingToo) => {
      const feed = feedOf(database);
      const end = new AbortController();
      const batches = await feed.listen(null, end.signal);
      const slow = batches[Symbol.asyncIterator]();
      const begun = await slow.next();
      const count = 20;
      const quick = hear(feed, begun.value!.id, count);
      await Promise.all(
        [writing, writingToo].map(async (one, w) => {
          for (let i = 0; i < count / 2; i++) await write(one, { requestId: `${w}-${i}` });
        }),
      );
      const heard = requestsOf(await quick);
      assert.equal(new Set(heard).size, count);
      assert.equal(heard.length, count);
      const late: unknown[] = [];
      while (late.length < count) late.push(...requestsOf((await slow.next()).value!.events));
      assert.deepEqual(late, heard);
      end.abort();
      assert.equal((await slow.next()).done, true);
      assert.equal(feed.listeners, 0);
      feed.stop();
    }));

  test(`${engine}: events: a new listener hears nothing of before, a quiet stream shows that it lives, a stop ends all`, () =>
    withDatabases(1, async (database) => {
      await write(database, { requestId: 'before' });
      const feed = feedOf(database, { mostListeners: 2, quietMs: 20 });
      const never = new AbortController().signal;
      const one = (await feed.listen(null, never))[Symbol.asyncIterator]();
      assert.deepEqual((await one.next()).value, { events: [], id: 'r0-p1-j0' });
      assert.deepEqual((await one.next()).value, { events: [], id: 'r0-p1-j0' });
      await write(database, { requestId: 'after' });
      const heard: unknown[] = [];
      while (heard.length === 0) heard.push(...requestsOf((await one.next()).value!.events));
      assert.deepEqual(heard, ['after']);
      const two = (await feed.listen(null, never))[Symbol.asyncIterator]();
      await assert.rejects(feed.listen(null, never), { code: 'events.full' });
      const waiting = one.next();
      feed.stop();
      assert.equal((await waiting).done || (await one.next()).done, true);
      await two.next();
      assert.equal((await two.next()).done, true);
      await assert.rejects(feed.listen(null, never), { code: 'serving.stopping' });
    }));
}
