/** What the service does when its log can't be written. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stoppedClock } from '../base/clock.ts';
import { UnavailableError } from '../base/errors.ts';
import { exampleCatalogue, exampleParts } from '../store/testing/example-model.ts';
import type { LoadedModel } from '../tasks/ports.ts';
import { liveModel } from './live-model.ts';
import type { LogEntry, LogWriter } from './log/log-writer.ts';
import { predictionService } from './prediction-service.ts';

const model = liveModel(
  { ...exampleParts(), knowsTrainingKey: () => false } as unknown as LoadedModel,
  null,
  exampleCatalogue,
);
const away = new UnavailableError('store.unavailable', 'log: away');

/** A log in memory that can be away. */
function memoryLog() {
  const log = { isAway: false, tries: 0, written: [] as LogEntry[] };
  const writer: LogWriter = {
    async write(entries) {
      log.tries++;
      if (log.isAway) throw away;
      log.written.push(...entries);
      return { repeated: new Set() };
    },
    close: async () => {},
  };
  return { log, writer };
}

const request = (requestId: string) => ({
  requestId,
  customers: [{ customerID: requestId, tenure: 3, charges: 50 }],
  model,
  slot: 'live',
  keyId: null,
  arrivedMs: performance.now(),
});

test('a log that is away is nothing that the model did: it is not told of as a failure of its slot', async () => {
  const { log, writer } = memoryLog();
  const told = { answered: 0, failed: 0 };
  const service = predictionService({
    ...{ clock: stoppedClock(), log: writer, durability: 'full', gatherMs: 0 },
    watch: { answered: () => told.answered++, failed: () => told.failed++ },
  });
  log.isAway = true;
  await assert.rejects(service.predict(request('a')), (error) => error === away);
  assert.equal(service.failure, away);
  log.isAway = false;
  assert.equal((await service.predict(request('b'))).length, 1);
  assert.equal(service.failure, null);
  assert.deepEqual(told, { answered: 1, failed: 0 });
  await service.stop();
});

test('a queue that is full is nothing that the model did either', async () => {
  const { writer } = memoryLog();
  const told = { answered: 0, failed: 0 };
  const service = predictionService({
    ...{ clock: stoppedClock(), log: writer, durability: 'full', gatherMs: 20, mostWaiting: 1 },
    watch: { answered: () => told.answered++, failed: () => told.failed++ },
  });
  const asked = await Promise.allSettled(['a', 'b', 'c'].map((id) => service.predict(request(id))));
  const refused = asked.filter(({ status }) => status === 'rejected');
  assert.ok(refused.length > 0);
  for (const one of refused) assert.equal((one as PromiseRejectedResult).reason.code, 'serving.busy');
  assert.deepEqual(told, { answered: 3 - refused.length, failed: 0 });
  await service.stop();
});

const broken = { ...model, id: 'broken', answer: () => assert.fail('it divides by zero') };

test('a model that throws while scoring fails its own requests only; those that were gathered with it are answered', async () => {
  for (const durability of ['full', 'fast'] as const) {
    const { log, writer } = memoryLog();
    const failed: string[] = [];
    const service = predictionService({
      ...{ clock: stoppedClock(), log: writer, durability, gatherMs: 5 },
      watch: { answered: () => {}, failed: (id) => failed.push(id) },
    });
    const asked = await Promise.allSettled([
      service.predict(request('a')),
      service.predict({ ...request('b'), model: broken }),
      service.predict(request('c')),
      // A request whose customers are answered by two models is answered whole or not at all.
      service.predictParts([request('d'), { ...request('d'), model: broken, slot: 'canary' }]),
      service.predict({ ...request('e'), model: broken, once: true }),
      service.predict({ ...request('e'), model: broken, once: true }),
    ]);
    assert.deepEqual(
      asked.map((one) => (one.status === 'fulfilled' ? 'answered' : (one.reason as Error).message)),
      ['answered', ...['it divides by zero', 'answered'], ...new Array(3).fill('it divides by zero')],
      durability,
    );
    await service.stop();
    assert.deepEqual(
      log.written.map(({ requestId }) => requestId),
      ['a', 'c'],
    );
    assert.equal(failed.filter((id) => id === 'broken').length, 4);
    assert.equal(service.failure, null);
  }
});

test('where every request of a piece fails nothing is written, and the next is answered', async () => {
  const { log, writer } = memoryLog();
  const service = predictionService({
    ...{ clock: stoppedClock(), log: writer, durability: 'full', gatherMs: 5 },
  });
  await assert.rejects(service.predict({ ...request('a'), model: broken }), /divides by zero/);
  assert.equal(log.tries, 0);
  assert.equal((await service.predict(request('b'))).length, 1);
  await service.stop();
});

test('durability fast: after a failed write nobody is answered ahead, and what was is written as soon as it can be', async () => {
  const { log, writer } = memoryLog();
  const service = predictionService({
    clock: stoppedClock(),
    log: writer,
    durability: 'fast',
    gatherMs: 0,
  });
  log.isAway = true;
  await service.predict(request('ahead'));
  while (service.failure === null) await new Promise((resolve) => setImmediate(resolve));
  await assert.rejects(service.predict(request('refused')), (error) => error === away);
  log.isAway = false;
  while (log.written.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.deepEqual(
    log.written.map(({ requestId, again }) => [requestId, again]),
    [['ahead', true]],
  );
  await service.predict(request('later'));
  await service.stop();
  assert.deepEqual(
    log.written.map(({ requestId }) => requestId),
    ['ahead', 'later'],
  );
});
