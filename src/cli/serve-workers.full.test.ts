/** `serve --workers 2` under load: replaced, killed in parts, stopped. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { type Load, startLoad } from './testing/load.ts';
import { childrenOf, isAlive, type ServedWorkers, servedWorkers, until } from './testing/served-workers.ts';

let served: ServedWorkers;
const answered: string[] = [];
before(async () => {
  served = await servedWorkers();
});
after(() => served?.[Symbol.asyncDispose]());

async function more(load: Load, count: number): Promise<void> {
  const goal = load.answered.length + count;
  await until(`only ${load.answered.length} of ${goal} answers came`, () => load.answered.length >= goal);
}

async function metrics(): Promise<string> {
  return (await fetch(`${served.url}/metrics`, { headers: { connection: 'close' } })).text();
}

/** The sum of the lines that begin so. */
const sumOf = (text: string, start: string): number =>
  text
    .split('\n')
    .filter((line) => line.startsWith(start))
    .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);

test('SIGHUP under load: other processes answer, no request fails, and totals go on', async () => {
  const before = childrenOf(served.pid());
  const load = startLoad(served.url, served.bodies);
  await more(load, 300);
  process.kill(served.pid(), 'SIGHUP');
  await until('nothing was reloaded', () => /^Reloaded$/m.test(served.said()));
  await more(load, 300);
  const { refused, lost } = await load.stop();
  assert.deepEqual([...refused, ...lost], []);
  answered.push(...load.answered);
  const now = childrenOf(served.pid());
  assert.equal(now.length, 3);
  assert.equal(now.filter((pid) => before.includes(pid)).length, 1, 'only the writer stays');

  const text = await metrics();
  assert.equal(sumOf(text, 'holdfast_http_requests_total{route="predict",status="2xx"}'), answered.length);
  assert.equal(sumOf(text, 'holdfast_predictions_total{slot="live"'), answered.length);
  assert.equal(sumOf(text, 'holdfast_prediction_score_count{slot="live"}'), answered.length);
  assert.equal(sumOf(text, 'holdfast_workers '), 2);
  assert.match(text, /^process_resident_memory_bytes\{worker="1"\} \d+$/m);
  assert.match(text, /^process_resident_memory_bytes\{worker="2"\} \d+$/m);
});

test('the writer killed under load: 503 at once, answers again without a restart, every answer in the log once', async () => {
  const workers = [served.childPid('worker.ts')];
  const load = startLoad(served.url, served.bodies);
  await more(load, 200);
  process.kill(served.childPid('writer.ts'), 'SIGKILL');
  await until('nobody was refused', () => (load.refused.get(503) ?? 0) > 0);
  await served.waitUntilReady();
  await more(load, 300);
  await load.stop();
  answered.push(...load.answered);
  assert.deepEqual([[...load.refused.keys()], [...load.lost]], [[503], []]);
  assert.ok(load.slowestRefusalMs < 2500, `refused after ${load.slowestRefusalMs} ms`);
  assert.ok(workers.every(isAlive));
  assert.match(await metrics(), /^holdfast_process_restarts_total\{process="writer"\} 1$/m);
  await served.checkLog(answered);
});

test('a worker killed under load: the other goes on, a new one takes its place', async () => {
  const killed = served.childPid('worker.ts');
  const load = startLoad(served.url, served.bodies);
  await more(load, 200);
  process.kill(killed, 'SIGKILL');
  await until(
    'it was not started again',
    () => childrenOf(served.pid()).filter((pid) => pid !== killed).length === 3,
  );
  await until('no metrics of two workers', async () => sumOf(await metrics(), 'holdfast_workers ') === 2);
  await more(load, 300);
  await load.stop();
  answered.push(...load.answered);
  assert.deepEqual([...load.refused], []);
  assert.match(await metrics(), /^holdfast_process_restarts_total\{process="worker"\} 1$/m);
  await served.checkLog(answered);
});

test('SIGTERM under load: every request inside is answered or refused, nothing answered is missing, the end comes in time', async () => {
  const children = childrenOf(served.pid());
  const load = startLoad(served.url, served.bodies);
  await more(load, 200);
  const startedAt = performance.now();
  process.kill(served.pid(), 'SIGTERM');
  const { exit, stderr } = await served.ended();
  const tookMs = performance.now() - startedAt;
  await load.stop();
  answered.push(...load.answered);
  assert.equal(exit, 0, stderr);
  assert.ok(tookMs < 10_000, `${tookMs} ms`);
  assert.ok(!children.some(isAlive));
  assert.ok([...load.refused.keys()].every((status) => status === 503));
  assert.equal(load.lostInside, 0, JSON.stringify([...load.lost]));
  await served.checkLog(answered);
});

// The first while the process that replaces one begins, the second while the one that was replaced leaves.
for (const afterMs of [50, 2500])
  test(`SIGTERM ${afterMs} ms after SIGHUP: the end comes in time, and nothing answered is missing`, async () => {
    await served.start();
    const children = childrenOf(served.pid());
    const load = startLoad(served.url, served.bodies, 10);
    await more(load, 50);
    process.kill(served.pid(), 'SIGHUP');
    await pause(afterMs);
    const startedAt = performance.now();
    process.kill(served.pid(), 'SIGTERM');
    const { exit, stderr } = await served.ended();
    const tookMs = performance.now() - startedAt;
    await load.stop();
    answered.push(...load.answered);
    assert.equal(exit, 0, stderr);
    // Who has not ended after 9 s is killed.
    assert.ok(tookMs < 8500, `${tookMs} ms`);
    assert.doesNotMatch(stderr, /Not reloaded/);
    assert.ok(!children.some(isAlive));
    assert.equal(load.lostInside, 0, JSON.stringify([...load.lost]));
    await served.checkLog(answered);
  });

test('kill -9 of the supervisor: workers and writer end by themselves, and the port is free', async () => {
  await served.start();
  const children = childrenOf(served.pid());
  assert.equal(children.length, 3);
  process.kill(served.pid(), 'SIGKILL');
  await served.ended();
  await until('a process was left', () => !children.some(isAlive));
  await served.start();
  await served.waitUntilReady();
});

for (const [what, words, said] of [
  ['an unknown model', ['--model', 'nobody@latest'], /\[model\.not-found\]$/m],
  ['a port in use', [], /EADDRINUSE.*\[serving\.address\]$/m],
] as const) {
  test(`${what} is told once, and nothing is left behind`, async () => {
    const { port } = new URL(served.url);
    const { child, ended } = served.place.start('serve', '--workers', '3', '--port', port, ...words);
    const seen = new Set<number>();
    const looking = setInterval(() => {
      for (const pid of childrenOf(child.pid!)) seen.add(pid);
    }, 20);
    const { exit, stderr } = await ended;
    clearInterval(looking);
    assert.equal(exit, 1, stderr);
    assert.match(stderr, said);
    assert.equal(stderr.match(/holdfast: /g)?.length, 1, stderr);
    assert.ok(seen.size >= 2, 'writer and first worker');
    assert.ok(![...seen].some(isAlive));
  });
}
