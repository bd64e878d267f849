import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  benchOptions,
  figureOf,
  isHeld,
  type MeasuredSide,
  meanWithinError,
  type Repetition,
  shareOf,
  takeTurns,
  threadSpeedUp,
  timed,
  timesLess,
} from './measure.ts';

const repetition = (seconds: number, facts: Record<string, number> = {}): Repetition => ({
  cpuSeconds: seconds,
  wallSeconds: seconds,
  facts,
});
const side = (name: string, threads: number, ...seconds: number[]): MeasuredSide => ({
  name,
  threads,
  repetitions: seconds.map((one) => repetition(one)),
});

test('takeTurns: every round asks each side once, in the other direction than the round before, warm-ups not counted', async () => {
  const asked: string[] = [];
  const asking = (name: string) => ({
    name,
    threads: 1,
    run(round: number) {
      asked.push(`${name}${round}`);
      return repetition(round + 1, { round });
    },
  });
  const [a, b] = await takeTurns([asking('a'), asking('b')], { repetitions: 3, tell: () => {} });
  assert.deepEqual(asked, ['b-1', 'a-1', 'a0', 'b0', 'b1', 'a1', 'a2', 'b2']);
  assert.deepEqual(
    a!.repetitions.map(({ facts }) => facts.round),
    [0, 1, 2],
  );
  assert.equal(b!.repetitions.length, 3);
});

test('takeTurns: a repetition, warm-up or not, that does not say what its side owes ends the bench', async () => {
  const run = (facts: Record<string, number>, from = 0) =>
    takeTurns(
      [
        {
          name: 'grower',
          threads: 1,
          run: (round) => repetition(1, round >= from ? facts : { trees: 200, auc: 0.8 }),
          owes: { trees: 200, auc: [0.7, 0.9] },
        },
      ],
      { repetitions: 3, tell: () => {} },
    );
  await run({ trees: 200, auc: 0.7 });
  await assert.rejects(run({ trees: 1, auc: 0.8 }, -1), /grower: trees must be from 200 to 200, got 1/);
  await assert.rejects(run({ trees: 200, auc: 0.69 }, 2), /grower: auc must be from 0\.7 to 0\.9, got 0\.69/);
  await assert.rejects(run({ trees: 200, auc: Number.NaN }), /got NaN/);
  await assert.rejects(run({ trees: 200 }), /got undefined/);
});

test('takeTurns: rounds that were kept are not asked again, the others are kept', async () => {
  const asked: string[] = [];
  const kept = new Map([[1, [repetition(7, { round: 1 }), repetition(8)]]]);
  const side = (name: string) => ({
    name,
    threads: 1,
    run(round: number) {
      asked.push(`${name}${round}`);
      return repetition(round + 1);
    },
  });
  const [a, b] = await takeTurns([side('a'), side('b')], {
    repetitions: 3,
    warmUps: 0,
    tell: () => {},
    kept: { of: (round) => kept.get(round), keep: (round, all) => kept.set(round, [...all]) },
  });
  assert.deepEqual(asked, ['a0', 'b0', 'a2', 'b2']);
  assert.deepEqual(
    [a!, b!].map(({ repetitions }) => repetitions.map(({ cpuSeconds }) => cpuSeconds)),
    [
      [1, 7, 3],
      [1, 8, 3],
    ],
  );
  assert.deepEqual(
    [...kept].map(([round, all]) => [round, all.length]),
    [
      [1, 2],
      [0, 2],
      [2, 2],
    ],
  );
});

test('ratios: taken round by round, told as median and range', () => {
  const own = side('own', 1, 1, 2, 4);
  const other = side('other', 1, 5, 6, 16);
  const times = timesLess(own, other, 'cpuSeconds', { atLeast: 4 });
  assert.deepEqual([times.value, times.least, times.most, times.unit], [4, 3, 5, 'x']);
  assert.equal(times.what, 'CPU against other');
  const share = shareOf(own, other, 'wallSeconds');
  assert.deepEqual([share.value, share.least, share.most], [0.25, 0.2, 1 / 3]);
});

test('threadSpeedUp: more than the threads is refused, their number is not', () => {
  const one = side('one', 1, 4, 4, 4);
  assert.equal(threadSpeedUp(one, side('two', 2, 2, 2, 2)).value, 2);
  assert.throws(
    () => threadSpeedUp(one, side('two', 2, 1, 1.9, 1)),
    /two is 4\.00 times as fast with 2 times/,
  );
});

test('figures: held on the limit, missed beyond it, refused where they are no numbers', () => {
  assert.ok(isHeld(figureOf('x', [3], 'x', { atLeast: 3 })));
  assert.ok(!isHeld(figureOf('x', [2.99], 'x', { atLeast: 3 })));
  assert.ok(isHeld(figureOf('x', [3], 'x', { atMost: 3 })));
  assert.ok(!isHeld(figureOf('x', [3.01], 'x', { atMost: 3 })));
  assert.ok(isHeld(figureOf('x', [-1], '')));
  assert.throws(() => figureOf('rate', [1, Number.NaN], ''), /rate must be numbers, got 1, NaN/);
  assert.throws(() => figureOf('rate', [], ''), /got none/);
});

test('meanWithinError: the mean, held up to one standard error of it; one pair owes nothing', () => {
  // Standard deviation 2 of four differences: an error of 1.
  const around = (middle: number) =>
    Float64Array.of(-3, 0, 0, 3).map((one) => middle + one * Math.sqrt(2 / 3));
  const near = meanWithinError('AUC behind', around(0.99));
  assert.ok(Math.abs(near.value - 0.99) < 1e-12 && Math.abs(near.atMost! - 1) < 1e-12);
  assert.ok(isHeld(near) && isHeld(meanWithinError('AUC behind', around(-5))));
  assert.ok(!isHeld(meanWithinError('AUC behind', around(1.01))));
  assert.deepEqual(meanWithinError('AUC behind', Float64Array.of(7)).atMost, undefined);
});

test('timed: processor time of this process and what the work said', async () => {
  const { cpuSeconds, wallSeconds, facts } = await timed(() => {
    const until = process.cpuUsage().user + 20_000;
    while (process.cpuUsage().user < until);
    return { trees: 3 };
  });
  assert.ok(cpuSeconds >= 0.02 && wallSeconds >= 0.02);
  assert.deepEqual(facts, { trees: 3 });
});

test('options: five repetitions, two for a look, or as said; nonsense is refused', () => {
  assert.deepEqual(benchOptions([]), { isQuick: false, repetitions: 5 });
  assert.deepEqual(benchOptions(['--quick']), { isQuick: true, repetitions: 2 });
  assert.deepEqual(benchOptions(['--quick', '--repetitions', '7']), { isQuick: true, repetitions: 7 });
  for (const word of ['0', '1.5', 'many', undefined])
    assert.throws(
      () => benchOptions(word === undefined ? ['--repetitions'] : ['--repetitions', word]),
      /from 1/,
    );
});
