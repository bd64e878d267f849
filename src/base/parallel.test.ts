import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sequentialMap } from './parallel.ts';

test('sequential map: answers stand in the order of the jobs and are told one by one', async () => {
  const told: [number, number][] = [];
  const map = sequentialMap<number, number>(async (job) => job * 10);
  assert.deepEqual(await map([3, 1, 2], (index, answer) => told.push([index, answer])), [30, 10, 20]);
  assert.deepEqual(told, [
    [0, 30],
    [1, 10],
    [2, 20],
  ]);
});

test('sequential map: a job that fails and is spared has no answer, the others go on; told by place and error', async () => {
  const map = sequentialMap<number, number>(async (job) => {
    if (job < 0) throw new RangeError(`${job}`);
    return job * 10;
  });
  const asked: unknown[] = [];
  const told: number[] = [];
  const spares = (index: number, error: unknown): boolean => {
    asked.push([index, (error as Error).message]);
    return (error as Error).message !== '-9';
  };
  const answers = await map([1, -2, 3, -4], (index) => told.push(index), spares);
  assert.deepEqual([answers.length, 1 in answers, ...answers.filter(Boolean)], [3, false, 10, 30]);
  assert.deepEqual(
    [asked, told],
    [
      [
        [1, '-2'],
        [3, '-4'],
      ],
      [0, 2],
    ],
  );
  await assert.rejects(map([1, -9, 3], undefined, spares), { message: '-9' });
});

test('sequential map: no jobs give no answers', async () => {
  assert.deepEqual(await sequentialMap(async () => 1)([]), []);
});

test('sequential map: a signal stops it between two jobs with its own reason', async () => {
  const stop = new AbortController();
  const done: number[] = [];
  const map = sequentialMap<number, void>(async (job) => {
    done.push(job);
    if (job === 2) stop.abort(new Error('enough'));
  }, stop.signal);
  await assert.rejects(map([1, 2, 3]), { message: 'enough' });
  assert.deepEqual(done, [1, 2]);
});

test('sequential map: a job that fails fails the whole with its own error', async () => {
  const map = sequentialMap<number, number>(async () => Promise.reject(new RangeError('too far')));
  await assert.rejects(map([1]), { name: 'RangeError', message: 'too far' });
});
