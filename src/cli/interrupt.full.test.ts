/** Ctrl-C, SIGTERM, kill -9 and two at once: nothing half-written, and the workspace goes on. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { newPlace, onlyQuickModels, type Place } from './testing/holdfast.ts';

let place: Place;
before(async () => {
  place = newPlace();
  assert.equal((await place.runHere('generate', 'customers.csv', '--rows', '3000')).exit, 0);
  assert.equal((await place.runHere('init', 'customers.csv', '--target', 'churned')).exit, 0);
  const yaml = readFileSync(place.path('holdfast.yaml'), 'utf8');
  // Minutes of work in fits of some seconds each.
  const candidates = '{ prior: {}, random-forest: { trees: [9000, 9001, 9002] } }';
  writeFileSync(
    place.path('long.yaml'),
    yaml.replace(/^ {2}candidates:\n(?: {4}.*\n)*/m, `  candidates: ${candidates}\n`),
  );
  onlyQuickModels(place);
});
after(() => place[Symbol.dispose]());

const modelFolder = (): string => place.path('.holdfast/artifacts/models');
const models = (): string[] =>
  existsSync(modelFolder()) ? readdirSync(modelFolder()).filter((name) => name.endsWith('.holdfast')) : [];
const halfWritten = (): string[] =>
  (readdirSync(place.folder, { recursive: true }) as string[]).filter((name) => name.endsWith('.part'));

/** Starts a process and waits until its standard error holds the words. */
async function startUntil(words: readonly string[], said: RegExp, at: Place = place) {
  const started = at.start(...words);
  let text = '';
  await new Promise<void>((resolve, reject) => {
    started.child.stderr!.on('data', (part: string) => {
      text += part;
      if (said.test(text)) resolve();
    });
    started.child.once('exit', () => reject(new Error(`ended before it said ${said}: ${text}`)));
  });
  return started;
}

async function assertUsable(): Promise<void> {
  const healthy = await place.run('doctor', '--json');
  assert.equal(healthy.exit, 0, healthy.stdout);
  const trained = await place.run('train', '--json');
  assert.equal(trained.exit, 0, trained.stderr);
  const scored = await place.run('score', 'latest', 'customers.csv', 'scored.csv');
  assert.equal(scored.exit, 0, scored.stderr);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`${signal} while candidates are compared: exit 1 with work.stopped, no model, nothing half-written`, async () => {
    const known = models();
    const { child, ended } = await startUntil(['train', 'long.yaml', '--json'], /Comparing candidates/);
    child.kill(signal);
    const { exit, stdout, stderr } = await ended;
    assert.equal(exit, 1, stderr);
    assert.equal((JSON.parse(stdout) as { error: { code: string } }).error.code, 'work.stopped');
    assert.match(stderr, /^Stopping; once more to end at once\.$/m);
    assert.match(stderr, /holdfast: stopped before its end; .* \[work\.stopped\]\n$/);
    assert.deepEqual(models(), known);
    assert.deepEqual(halfWritten(), []);
    await assertUsable();
  });
}

test('SIGINT while worker threads fit: they end too', async () => {
  const { child, ended } = await startUntil(['train', 'long.yaml'], /fits: (?:[5-9]|1\d) of 20/);
  child.kill('SIGINT');
  const { exit, stderr } = await ended;
  assert.equal(exit, 1, stderr);
  assert.match(stderr, /\[work\.stopped\]\n$/);
});

test('a second SIGINT while a fit holds the thread: ends with 130 and no word more', async () => {
  using single = newPlace({ HOLDFAST_THREADS: '1' });
  for (const name of ['customers.csv', 'long.yaml'])
    writeFileSync(single.path(name), readFileSync(place.path(name)));
  // Signals are heard between fits. Where a fit ends between the two, the first stops the work whole: try again.
  for (let attempt = 1; ; attempt++) {
    const { child, ended } = await startUntil(['train', 'long.yaml'], /fits: (?:[5-9]|1\d) of 20/, single);
    await pause(300);
    child.kill('SIGINT');
    await pause(10);
    child.kill('SIGINT');
    const { exit, stdout, stderr } = await ended;
    assert.equal(stdout, '');
    if (exit === 130) {
      assert.match(stderr, /Stopping; once more to end at once\.\n$/);
      break;
    }
    assert.match(stderr, /\[work\.stopped\]\n$/);
    assert.ok(attempt < 10, 'both signals fell into one fit in none of 10 runs');
  }
});

test('kill -9 at any moment of a training run: models are whole, the next run works', async () => {
  const seconds = await secondsOfTraining();
  for (const share of [0.3, 0.7, 0.85, 0.95]) {
    const { child, ended } = place.start('train');
    await pause(seconds * share * 1000);
    child.kill('SIGKILL');
    await ended;
    const { healthy } = (await place.run('doctor', '--json')).json();
    assert.equal(healthy, true, `killed after ${share} of ${seconds} s`);
  }
  await assertUsable();
});

async function secondsOfTraining(): Promise<number> {
  const startedAt = performance.now();
  assert.equal((await place.run('train')).exit, 0);
  return (performance.now() - startedAt) / 1000;
}

test('kill -9 while a file is scored: the earlier result is whole, the next score tidies up', async () => {
  assert.equal((await place.run('generate', 'many.csv', '--rows', '60000', '--seed', '5')).exit, 0);
  assert.equal((await place.run('score', 'latest', 'customers.csv', 'result.csv')).exit, 0);
  const earlier = readFileSync(place.path('result.csv'), 'utf8');
  for (const words of [/Reading/, /Scoring/, /scored: /]) {
    const { child, ended } = await startUntil(
      ['score', 'latest', 'many.csv', 'result.csv', '--reasons', '3'],
      words,
    );
    child.kill('SIGKILL');
    await ended;
    assert.equal(readFileSync(place.path('result.csv'), 'utf8'), earlier, String(words));
  }
  const ofResult = (): string[] => halfWritten().filter((name) => name.includes('result.csv'));
  assert.equal(ofResult().length, 1, 'that of the last; each score takes away what the one before left');
  assert.equal((await place.run('score', 'latest', 'customers.csv', 'result.csv')).exit, 0);
  assert.deepEqual(ofResult(), []);
});

test('SIGINT while a file is scored: exit 1, the earlier result is whole, nothing half-written is left', async () => {
  const earlier = readFileSync(place.path('result.csv'), 'utf8');
  // What the kill -9 of the tests before left is theirs.
  const left = halfWritten();
  const words = ['score', 'latest', 'many.csv', 'result.csv', '--reasons', '3'];
  const { child, ended } = await startUntil(words, /scored: /);
  child.kill('SIGINT');
  const { exit, stderr } = await ended;
  assert.equal(exit, 1, stderr);
  assert.match(stderr, /\[work\.stopped\]\n$/);
  assert.equal(readFileSync(place.path('result.csv'), 'utf8'), earlier);
  assert.deepEqual(halfWritten(), left);
});

test('four trainings at once in one workspace: all succeed, each with a label of its own', async () => {
  const trained = await Promise.all(
    ['1', '2', '3', '4'].map((seed) => place.run('train', '--seed', seed, '--json')),
  );
  for (const { exit, stderr } of trained) assert.ok(exit === 0 || exit === 3, stderr);
  const labels = trained.map((ended) => ended.json<{ model: { label: string } }>().model.label);
  assert.equal(new Set(labels).size, 4, labels.join(', '));
  assert.equal((await place.run('doctor')).exit, 0);
});
