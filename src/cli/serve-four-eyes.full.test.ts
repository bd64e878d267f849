/** The rule of four eyes at the start of a server: nobody is answered by a version that only its author knows. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { openWholeDatabase } from '../database.ts';
import { approve } from '../registry/approve.ts';
import { newTrainedPlace } from './testing/holdfast.ts';

test('serve: without a champion an unapproved version is refused, named outright it answers with a warning', async () => {
  const { place } = await newTrainedPlace();
  using _ = place;
  const yaml = readFileSync(place.path('holdfast.yaml'), 'utf8');
  writeFileSync(place.path('holdfast.yaml'), `${yaml}\nregistry: { fourEyes: true }\n`);
  assert.equal((await place.runHere('train')).exit, 0);
  const refused = await place.runHere('serve', '--port', '0');
  assert.equal(refused.exit, 3, refused.stderr);
  assert.match(refused.stderr, /customers@2 may not answer instead: .*\(four eyes\); let another person run/);
  assert.match(refused.stderr, /\[registry\.refused\]/);

  const served = async (...words: string[]): Promise<string> => {
    const { child, ended } = place.start('serve', '--port', '0', ...words);
    child.stderr!.on('data', (part: string) => {
      if (/^Serving /m.test(String(part))) child.kill('SIGTERM');
    });
    const { exit, stderr } = await ended;
    assert.equal(exit, 0, stderr);
    return stderr;
  };
  assert.match(await served('--model', 'latest'), /customers@2 answers because --model names it: nobody but/);
  assert.doesNotMatch(await served('--model', 'customers@1'), /four eyes/);

  const database = await openWholeDatabase(place.path('.holdfast'), {});
  await approve(database, { name: 'customers', version: 2 }, 'read', { actor: 'cli:other', now: Date.now() });
  await database.close();
  assert.match(await served(), /No model is champion yet/);
});
