import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { type Clock, stoppedClock } from '../../base/clock.ts';
import { DataError, HoldfastError, ParamError } from '../../base/errors.ts';
import { sequentialMap } from '../../base/parallel.ts';
import { plainEqual } from '../../base/plain.ts';
import { createRandom } from '../../base/random.ts';
import { catalogue } from '../../catalogue.ts';
import type { FitAnswer, FitJob } from '../../learn/context.ts';
import { runFitJob } from '../../learn/fit.ts';
import { numberColumn, textColumn } from '../../table/column.ts';
import { createDataset } from '../../table/dataset.ts';
import { createTable } from '../../table/table.ts';
import { realClock } from '../clock.ts';
import { puppetCatalogue } from './testing/definitions.ts';
import { createThreadMap, type ThreadMap, type ThreadMapOptions } from './thread-map.ts';

const random = createRandom(5);
const rows = 60;
const x = Array.from({ length: rows }, () => random.normal());
const data = createDataset(
  createTable([
    numberColumn('x', x),
    numberColumn(
      'y',
      x.map((value) => value * value),
    ),
  ]),
  x.map((value) => (value > 0 ? 1 : 0)),
  { ids: x.map(String) },
);
const noted = createDataset(
  createTable([numberColumn('x', x), textColumn('note', x.map(String))]),
  data.labels,
);

/** Says that every fit takes ten seconds, so that work goes to threads at once. */
function busyClock(): Clock {
  let seconds = 0;
  return { now: () => 0, cpuSeconds: () => (seconds += 10) };
}

const opened: ThreadMap[] = [];
after(() => Promise.all(opened.map((threads) => threads.close())));
function open(more: Partial<ThreadMapOptions> = {}): ThreadMap {
  const threads = createThreadMap({
    threads: 2,
    clock: busyClock(),
    catalogue: puppetCatalogue,
    workerUrl: new URL('./testing/puppet-worker.ts', import.meta.url),
    ...more,
  });
  opened.push(threads);
  return threads;
}

/** One pair of workers for all tests that leave them whole. */
const shared = open();

const jobs = (count: number, params: object = {}, from = data): FitJob[] =>
  Array.from({ length: count }, (_, i) => ({
    id: 'puppet',
    params: params as FitJob['params'],
    data: from,
    stream: `5/job:${i}`,
  }));
/** The first job stays in the main thread, so that only a worker misbehaves. */
const afterOne = (does: string, count = 4): FitJob[] => [...jobs(1), ...jobs(count, { does }).slice(1)];
const state = (answer: FitAnswer) => answer.fitted.state as Record<string, number | boolean>;
const has =
  (code: string) =>
  (error: unknown): boolean => {
    assert.ok(error instanceof HoldfastError, String(error));
    assert.equal(error.code, code);
    return true;
  };

describe('thread map', () => {
  it('answers are equal to the bit at 1, 2 and 3 threads, in the order of the jobs', async () => {
    const all = [...jobs(3), ...jobs(3, {}, noted), ...jobs(2, { does: 'nest' })];
    const results: FitAnswer[][] = [];
    for (const threads of [open({ threads: 1 }), shared, open({ threads: 3 })])
      results.push(await threads.map(all));
    const plain = sequentialMap(
      (job: FitJob): Promise<FitAnswer> =>
        runFitJob(
          { ...job, data: { ...job.data, ids: null } },
          { clock: stoppedClock(), catalogue: puppetCatalogue, map: (inner, onDone) => plain(inner, onDone) },
        ),
    );
    const expected = await plain(all);
    for (const answers of results) {
      assert.ok(
        plainEqual(
          answers.map(({ fitted, notes }) => ({ fitted, notes })),
          expected.map(({ fitted, notes }) => ({ fitted, notes })),
        ),
      );
    }
  });

  it('the first job runs in this thread, the rest in workers when a second or more is left', async () => {
    const where = async (threads: ThreadMap) =>
      (await threads.map(jobs(4, { tellsThread: true }))).map((answer) => state(answer).thread === 0);
    assert.deepEqual(await where(shared), [true, false, false, false]);
    assert.deepEqual(await where(open({ clock: stoppedClock() })), [true, true, true, true]);
    assert.deepEqual(await where(open({ threads: 1 })), [true, true, true, true]);
  });

  it('many calls of a few short jobs start workers once a second was spent on them', async () => {
    let seconds = 0;
    // A tenth of a second a fit.
    const threads = open({ clock: { now: () => 0, cpuSeconds: () => (seconds += 0.1) } });
    const inWorkers: number[] = [];
    for (let call = 0; call < 4; call++) {
      const answers = await threads.map(jobs(4, { tellsThread: true }));
      inWorkers.push(answers.filter((answer) => state(answer).thread !== 0).length);
    }
    assert.deepEqual(inWorkers.slice(0, 2), [0, 0]);
    assert.ok(inWorkers[2]! > 0 && inWorkers[3]! > 0, String(inWorkers));
  });

  it('one last job is not worth a thread', async () => {
    const answers = await shared.map(jobs(2, { tellsThread: true }));
    assert.equal(state(answers[1]!).thread, 0);
  });

  it('columns are shared with the workers, ids stay behind everywhere', async () => {
    for (const answer of await shared.map(jobs(4))) {
      assert.equal(state(answer).isShared, true);
      assert.equal(state(answer).hasIds, false);
    }
  });

  it('a job that fails and is spared has no answer, here and in workers; the others keep their answers', async () => {
    const mixed = (['refuse', 'draw', 'refuse', 'draw', 'draw', 'refuse'] as const).flatMap(
      (does, i) => jobs(i + 1, { does })[i]!,
    );
    const spares = (index: number, error: unknown): boolean => {
      spared.push(index);
      return has('learn.one-class')(error);
    };
    const expected = await shared.map(jobs(6));
    let spared: number[] = [];
    for (const threads of [open({ threads: 1 }), shared]) {
      spared = [];
      const answers = await threads.map(mixed, undefined, spares);
      assert.deepEqual(spared.sort(), [0, 2, 5]);
      for (const at of [0, 2, 5]) assert.equal(answers[at], undefined);
      for (const at of [1, 3, 4]) assert.deepEqual(state(answers[at]!), state(expected[at]!));
    }
    await assert.rejects(
      shared.map([...jobs(1), ...mixed], undefined, () => false),
      has('learn.one-class'),
    );
    const full = new Error('no room to write it down');
    await assert.rejects(
      open().map([...jobs(1), ...mixed], undefined, () => {
        throw full;
      }),
      full,
    );
  });

  it('tells of each answer as it comes, once', async () => {
    const heard: number[] = [];
    const answers = await shared.map(jobs(6), (index, answer) => {
      heard.push(index);
      assert.equal(answer.notes[0]?.message, 'drawn');
    });
    assert.deepEqual(heard.toSorted(), [0, 1, 2, 3, 4, 5]);
    assert.equal(heard[0], 0);
    assert.ok(answers.every(({ cpuSeconds }) => cpuSeconds >= 0));
  });

  it('no jobs give no answers', async () => {
    assert.deepEqual(await shared.map([]), []);
  });

  it('two calls at once share the workers and keep apart', async () => {
    const [first, second] = await Promise.all([shared.map(jobs(5)), shared.map(jobs(3, {}, noted))]);
    assert.equal(first.length, 5);
    assert.deepEqual(
      second.map(({ fitted }) => fitted.inputs[1]?.name),
      ['note', 'note', 'note'],
    );
  });

  it('a refusal in a worker arrives as the same coded error, and the workers go on afterwards', async () => {
    const threads = open();
    await assert.rejects(threads.map(afterOne('refuse')), (error) => {
      assert.ok(error instanceof DataError);
      assert.equal(error.message, 'puppet: all rows have the same outcome');
      assert.deepEqual(error.fields, { who: 'puppet', rows: 7 });
      return has('learn.one-class')(error);
    });
    await assert.rejects(
      threads.map([...jobs(1), ...jobs(2, { wrong: 1 })]),
      (error) => error instanceof ParamError,
    );
    assert.equal((await threads.map(jobs(4))).length, 4);
  });

  it('a refusal stops the other jobs of its call, even one that never ends', async () => {
    const mixed = [...jobs(1), ...jobs(1, { does: 'hang' }), ...jobs(1, { does: 'refuse' }), ...jobs(3)];
    await assert.rejects(open().map(mixed), has('learn.one-class'));
  });

  it('a defect in a worker keeps its name and message', async () => {
    await assert.rejects(open().map(afterOne('break')), { name: 'TypeError', message: 'puppet: a defect' });
    await assert.rejects(open().map(afterOne('unsendable')), { name: 'DataCloneError' });
    const unsendable = { ...jobs(1)[0]!, params: { does: () => {} } as never };
    await assert.rejects(open().map([...jobs(1), unsendable, unsendable]), { name: 'DataCloneError' });
  });

  it('a worker that dies is work.worker, and a new one takes its place', async () => {
    const threads = open();
    await assert.rejects(threads.map(afterOne('exit')), has('work.worker'));
    assert.equal((await threads.map(jobs(4))).length, 4);
    const nowhere = open({ workerUrl: new URL('absent.ts', new URL('./testing/', import.meta.url)) });
    await assert.rejects(nowhere.map(jobs(4)), has('work.worker'));
  });

  it('a stop ends workers in the middle of a fit', async () => {
    const stop = new AbortController();
    const endless = [...jobs(2), ...jobs(3, { does: 'hang' })];
    const running = open({ signal: stop.signal }).map(endless, (index) => {
      if (index === 1) setTimeout(() => stop.abort(), 20);
    });
    await assert.rejects(running, has('work.stopped'));
  });

  it('a stop is heard between two fits in this thread, and before the first', async () => {
    const stop = new AbortController();
    const heard: number[] = [];
    const running = open({ threads: 1, signal: stop.signal }).map(jobs(5), (index) => {
      heard.push(index);
      setImmediate(() => stop.abort());
    });
    await assert.rejects(running, has('work.stopped'));
    assert.ok(heard.length < 5);
    await assert.rejects(open({ signal: stop.signal }).map(jobs(1)), has('work.stopped'));
  });

  it('a failing listener fails the call', async () => {
    const failing = shared.map(jobs(4), (index) => {
      if (index > 0) throw new RangeError('listener');
    });
    await assert.rejects(failing, { name: 'RangeError', message: 'listener' });
  });

  it('after closing, work under way is stopped and later work stays in this thread', async () => {
    const threads = open();
    const running = assert.rejects(threads.map(afterOne('hang')), has('work.stopped'));
    await wait(100);
    await threads.close();
    await running;
    const answers = await threads.map(jobs(4, { tellsThread: true }));
    assert.ok(answers.every((answer) => state(answer).thread === 0));
  });

  it('the real workers know the whole catalogue', async () => {
    const { map } = open({ catalogue, workerUrl: new URL('./worker.ts', import.meta.url) });
    const { map: alone } = open({ catalogue, threads: 1, clock: realClock });
    const models = [
      { id: 'prior', params: {} },
      { id: 'logistic-regression', params: { l2: 1 } },
      {
        id: 'pipeline',
        params: { steps: [{ id: 'standard-scale', params: {} }], model: { id: 'prior', params: {} } },
      },
      { id: 'random-forest', params: { trees: 3 } },
    ];
    const real: FitJob[] = models.map((model, i) => ({ ...model, data, stream: `5/real:${i}` }));
    const fitted = (answers: FitAnswer[]) => answers.map((answer) => answer.fitted);
    assert.ok(plainEqual(fitted(await map(real)), fitted(await alone(real))));
  });
});
