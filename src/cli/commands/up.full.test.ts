/** `holdfast up` as a process. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newTrainedPlace } from '../testing/holdfast.ts';

test('up: every address that it names answers, and SIGTERM ends it with 0', async () => {
  const { place } = await newTrainedPlace();
  using _place = place;
  const { child, ended } = place.start('up', '--port', '0');
  let text = '';
  const addresses = await new Promise<readonly string[]>((resolve, reject) => {
    child.stderr!.on('data', (part: string) => {
      text += part;
      const named = [...text.matchAll(/^ {2}(http:\S+) .*$/gm)].map(([, url]) => url!);
      if (named.length === 3) resolve(named);
    });
    child.once('exit', () => reject(new Error(text)));
  });
  assert.match(text, /^Serving \S+ \S+ on http:\S+; Ctrl-C to stop$/m);
  for (const address of addresses) assert.equal((await fetch(address)).status, 200, address);
  child.kill('SIGTERM');
  const { exit, stderr } = await ended;
  assert.equal(exit, 0, stderr);
});
