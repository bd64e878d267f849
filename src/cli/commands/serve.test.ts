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

test('serve: a line when it is ready, answers, and SIGTERM ends it with 0', async () => {
  const { child, ended } = place.start('serve', '--port', '0');
  const url = await readyAt(child);
  assert.equal((await fetch(`${url}/ready`)).status, 200);
  child.kill('SIGTERM');
  const { exit, stdout, stderr } = await ended;
  assert.deepEqual([exit, stdout], [0, ''], stderr);
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
