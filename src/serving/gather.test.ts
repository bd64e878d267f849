import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { HoldfastError } from '../base/errors.ts';
import { gather } from './gather.ts';

/** Work that is let through piece by piece. */
function gate() {
  const pieces: number[][] = [];
  const open: (() => void)[] = [];
  const work = async (items: readonly number[]): Promise<number[]> => {
    pieces.push([...items]);
    await new Promise<void>((resolve) => open.push(resolve));
    return items.map((item) => item * 10);
  };
  return { pieces, work, letThrough: () => open.shift()!() };
}

const options = { waitMs: 0, mostInPiece: 3, mostWaiting: 5 };

test('gather: what arrives in one turn is one piece; what arrives meanwhile is the next', async () => {
  const { pieces, work, letThrough } = gate();
  const gathered = gather(work, options);
  const first = [gathered.add(1), gathered.add(2)];
  await nextTurn();
  await nextTurn();
  const second = [gathered.add(3), gathered.add(4)];
  assert.deepEqual(pieces, [[1, 2]]);
  letThrough();
  assert.deepEqual(await Promise.all(first), [10, 20]);
  assert.deepEqual(pieces, [
    [1, 2],
    [3, 4],
  ]);
  letThrough();
  assert.deepEqual(await Promise.all(second), [30, 40]);
  assert.equal(gathered.waiting, 0);
});

test('gather: a piece is never heavier than allowed, but for one item that is', async () => {
  const pieces: number[][] = [];
  const gathered = gather(
    async (items: readonly number[]) => {
      pieces.push([...items]);
      return items;
    },
    { waitMs: 1, mostInPiece: 5, mostWaiting: 100, weigh: (item) => item },
  );
  await Promise.all([3, 2, 1, 9, 4, 1].map((item) => gathered.add(item)));
  assert.deepEqual(pieces, [[3, 2], [1], [9], [4, 1]]);
});

test('gather: past the bound a new item is refused with serving.busy, and the others are not touched', async () => {
  const { work, letThrough } = gate();
  const gathered = gather(work, { ...options, mostInPiece: 10 });
  const inside = [1, 2, 3, 4, 5].map((item) => gathered.add(item));
  await assert.rejects(
    gathered.add(6),
    (error) => error instanceof HoldfastError && error.code === 'serving.busy' && error.status === 503,
  );
  await nextTurn();
  await nextTurn();
  letThrough();
  assert.deepEqual(await Promise.all(inside), [10, 20, 30, 40, 50]);
  const again = gathered.add(6);
  await nextTurn();
  await nextTurn();
  letThrough();
  assert.equal(await again, 60);
});

test('gather: a piece that fails rejects its own items only', async () => {
  let isBroken = true;
  const gathered = gather(async (items: readonly number[]) => {
    if (isBroken) throw new Error('disk');
    return items;
  }, options);
  const failed = await Promise.allSettled([gathered.add(1), gathered.add(2)]);
  assert.deepEqual(
    failed.map(({ status }) => status),
    ['rejected', 'rejected'],
  );
  isBroken = false;
  assert.equal(await gathered.add(3), 3);
  assert.equal(gathered.waiting, 0);
});

test('gather: drain ends when everything inside has ended', async () => {
  const { work, letThrough } = gate();
  const gathered = gather(work, options);
  await gathered.drain();
  const inside = gathered.add(1);
  let isDrained = false;
  const drained = gathered.drain().then(() => {
    isDrained = true;
  });
  await nextTurn();
  await nextTurn();
  assert.equal(isDrained, false);
  letThrough();
  await inside;
  await drained;
});

test('gather: an error that ends all is told to what waits too, and what comes later is tried', async () => {
  const { pieces, work, letThrough } = gate();
  const away = new Error('away');
  let isAway = true;
  const gathered = gather(
    async (items: readonly number[]) => {
      const results = await work(items);
      if (isAway) throw away;
      return results;
    },
    { ...options, endsAll: (error) => error === away },
  );
  const first = gathered.add(1);
  await nextTurn();
  const waiting = [gathered.add(2), gathered.add(3)];
  letThrough();
  for (const one of [first, ...waiting]) await assert.rejects(one, (error) => error === away);
  assert.deepEqual(pieces, [[1]]);
  assert.equal(gathered.waiting, 0);
  isAway = false;
  const later = gathered.add(4);
  await nextTurn();
  letThrough();
  assert.equal(await later, 40);
});

test('gather: who is alone waits for nobody longer than quietMs', async () => {
  const gathered = gather(async (items: readonly number[]) => items, {
    ...{ waitMs: 600_000, quietMs: 1, mostInPiece: 10, mostWaiting: 100 },
  });
  assert.equal(await gathered.add(1), 1);
});

test('gather: a full piece waits for nothing', async () => {
  const pieces: number[][] = [];
  const gathered = gather(
    async (items: readonly number[]) => {
      pieces.push([...items]);
      return items;
    },
    { waitMs: 600_000, mostInPiece: 3, mostWaiting: 100 },
  );
  await Promise.all([1, 2, 3].map((item) => gathered.add(item)));
  assert.deepEqual(pieces, [[1, 2, 3]]);
});

test('gather: what came while a piece was under way waits for others as its first did', async () => {
  const { pieces, work, letThrough } = gate();
  const gathered = gather(work, { waitMs: 40, mostInPiece: 10, mostWaiting: 100 });
  const first = gathered.add(1);
  while (pieces.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  const second = gathered.add(2);
  letThrough();
  await first;
  const third = gathered.add(3);
  while (pieces.length === 1) await new Promise((resolve) => setTimeout(resolve, 1));
  letThrough();
  assert.deepEqual(await Promise.all([second, third]), [20, 30]);
  assert.deepEqual(pieces, [[1], [2, 3]]);
});
