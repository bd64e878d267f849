/**
 * What a power cut leaves: kills end a process, but the page cache lives on, so only a record of what was synced when
 * tells whether an answer was on the disk.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CrashRun, crashAt, recordRun } from './testing/crash-run.ts';
import { explainsAll } from './testing/recording.ts';

const skip = process.platform === 'linux' ? false : 'libraries are put before a process on Linux only';
const seed = Number(process.env.HOLDFAST_SEED ?? 1);

const countOf = ({ recording: { events } }: CrashRun, kind: string, name: string): number =>
  events.filter((event) => event.kind === kind && event.name === name).length;

test('crash images: at 200 moments every request answered before is in the log once', {
  skip,
}, async (context) => {
  const run = await recordRun({ answers: 2000 });
  const syncs = countOf(run, 'sync', 'holdfast.db-wal');
  const checkpoints = countOf(run, 'sync', 'holdfast.db');
  context.diagnostic(
    `${run.answers.length} answers, ${syncs} syncs of the log, ${checkpoints} of the database`,
  );
  assert.ok(syncs > 20, `${syncs}`);
  assert.ok(explainsAll(run.recording), 'the record explains every byte of the files');
  const crashes = await crashAt(run, 200, seed);
  assert.equal(crashes.length, 200);
  assert.ok(crashes.some(({ answered }) => answered > 1000));
  assert.deepEqual(
    crashes.filter(({ lost, twice, damage }) => lost > 0 || twice > 0 || damage !== null),
    [],
  );
});

test('crash images: the same with two processes that answer and one that writes', { skip }, async () => {
  const run = await recordRun({ answers: 800, words: ['--workers', '2'] });
  assert.ok(explainsAll(run.recording));
  const crashes = await crashAt(run, 60, seed);
  assert.deepEqual(
    crashes.filter(({ lost, twice, damage }) => lost > 0 || twice > 0 || damage !== null),
    [],
  );
});

test('crash images: with synchronous=off answers are lost, so the test can tell', { skip }, async () => {
  const run = await recordRun({ answers: 1000, synchronous: 'off' });
  assert.equal(countOf(run, 'sync', 'holdfast.db-wal'), 0);
  const crashes = await crashAt(run, 60, seed);
  const worse = crashes.filter(({ lost, damage }) => lost > 0 || damage !== null);
  assert.ok(worse.length > 20, `${worse.length} of ${crashes.length}`);
  assert.ok(crashes.some(({ lost }) => lost > 100));
});
