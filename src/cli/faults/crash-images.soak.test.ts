/** More recordings than every run can afford: other sizes, several processes, and each weaker way to flush. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crashAt, recordRun } from './testing/crash-run.ts';
import { explainsAll } from './testing/recording.ts';

const skip = process.platform === 'linux' ? false : 'libraries are put before a process on Linux only';
const seed = Number(process.env.HOLDFAST_SEED ?? 1);

for (const [answers, moments, ...words] of [
  [500, 500],
  [10_000, 400],
  [20_000, 200],
  [5000, 300, '--workers', '2'],
  [10_000, 200, '--workers', '3'],
] as const)
  test(`crash images: ${[answers, 'answers', ...words].join(' ')}, ${moments} moments, nothing lost, twice or damaged`, {
    skip,
  }, async (context) => {
    const run = await recordRun({ answers, words });
    assert.ok(explainsAll(run.recording));
    const crashes = await crashAt(run, moments, seed + answers);
    const checkpoints = run.recording.events.filter(
      ({ kind, name }) => kind === 'sync' && name === 'holdfast.db',
    );
    context.diagnostic(`${run.answers.length} answers, ${checkpoints.length} checkpoints`);
    assert.deepEqual(
      crashes.filter(({ lost, twice, damage }) => lost > 0 || twice > 0 || damage !== null),
      [],
    );
  });

for (const synchronous of ['normal', 'off'] as const)
  test(`crash images: with synchronous=${synchronous} answers are lost`, { skip }, async (context) => {
    const crashes = await crashAt(await recordRun({ answers: 5000, synchronous }), 200, seed);
    const losses = crashes.filter(({ lost }) => lost > 0).length;
    const damaged = crashes.filter(({ damage }) => damage !== null).length;
    context.diagnostic(
      `answers lost at ${losses}, the database damaged at ${damaged} of ${crashes.length} moments`,
    );
    assert.ok(losses > 50, `${losses}`);
  });
