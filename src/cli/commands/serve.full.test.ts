/** `holdfast serve` as a process: ready line, answers, stop, wrong words. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newTrainedPlace, type Place } from '../testing/holdfast.ts';

let place: Place;
before(async () => {
  ({ place } = await newTrainedPlace());
});
after(() => place?.[Symbol.dispose]());

/** The address that the ready line names. */
function readyAt(child: ReturnType<Place['start']>['child']): Promise<string> {
  let text = '';
  return new Promise((resolve, reject) => {
    child.stderr!.on('data', (part: string) => {
      text += part;
      const url = /^Serving \S+ \S+ on (http:\S+); Ctrl-C to stop$/m.exec(text)?.[1];
      if (url) resolve(url);
    });
    child.once('exit', () => reject(new Error(text)));
  });
}

test('serve: a line when it is ready, answers, SIGHUP reloads, and SIGTERM ends it with 0', async () => {
  const { child, ended } = place.start('serve', '--port', '0');
  const url = await readyAt(child);
  assert.equal((await fetch(`${url}/ready`)).status, 200);
  const reloaded = new Promise<void>((resolve) => {
    child.stderr!.on('data', (part: string) => {
      if (/^Reloaded$/m.test(part)) resolve();
    });
  });
  child.kill('SIGHUP');
  await reloaded;
  assert.equal((await fetch(`${url}/ready`)).status, 200);
  child.kill('SIGTERM');
  const { exit, stdout, stderr } = await ended;
  assert.deepEqual([exit, stdout], [0, ''], stderr);
});

test('serve: with HOLDFAST_LOG_LEVEL=info a line of JSON for each request, and an end in time with a connection kept open', async () => {
  process.env.HOLDFAST_LOG_LEVEL = 'info';
  const { child, ended } = place.start('serve', '--port', '0');
  delete process.env.HOLDFAST_LOG_LEVEL;
  const url = await readyAt(child);
  // fetch keeps its connection open.
  assert.equal((await fetch(`${url}/health?name=secret-7`)).status, 200);
  const started = performance.now();
  child.kill('SIGTERM');
  const { exit, stderr } = await ended;
  assert.equal(exit, 0, stderr);
  assert.ok(performance.now() - started < 8000);
  const lines = stderr.split('\n').filter((line) => line.startsWith('{'));
  const told = lines.map((line) => JSON.parse(line) as { msg: string; route?: string; status?: number });
  assert.deepEqual(
    told.map(({ msg, route, status }) => [msg, route, status]),
    [
      ['started', undefined, undefined],
      ['answered', 'health', 200],
      ['stopped', undefined, undefined],
    ],
  );
  assert.doesNotMatch(stderr, /secret-7/);
});

test('serve: a port in use is told with a code', async () => {
  const { child, ended } = place.start('serve', '--port', '0');
  const { port } = new URL(await readyAt(child));
  const second = await place.runHere('serve', '--port', port);
  assert.equal(second.exit, 1);
  assert.match(second.stderr, /EADDRINUSE.*\[serving\.address\]/);
  child.kill('SIGINT');
  assert.equal((await ended).exit, 0);
});

for (const [words, said] of [
  [['--port', 'x'], /--port must be a whole number from 0 to 65535, got x/],
  [['--port', '70000'], /--port must be a whole number/],
  [['--rate-limit', '1.5'], /--rate-limit must be a whole number of requests a second/],
  [['--workers', '0'], /--workers must be a whole number from 1 to 64, got 0/],
  [['--workers', '2.5'], /--workers must be a whole number/],
  [['--durability', 'slow'], /--durability must be full or fast, got slow/],
  [['--host', '0.0.0.0'], /without keys only this machine's own address is allowed/],
] as const) {
  test(`serve ${words.join(' ')}: wrong use`, async () => {
    const { exit, stderr } = await place.runHere('serve', '--port', '0', ...words);
    assert.equal(exit, 2, stderr);
    assert.match(stderr, said);
  });
}

test('serve: an unknown model is told before anything listens', async () => {
  const { exit, stderr } = await place.runHere('serve', '--port', '0', '--model', 'nobody@latest');
  assert.equal(exit, 1);
  assert.match(stderr, /\[model\.not-found\]/);
});
