import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { noteCatalogue } from './notes.ts';

const sources = fileURLToPath(new URL('..', import.meta.url));

/** The codes that this text hands to a note, a list of notes or one that is returned. */
const codesIn = (text: string): string[] =>
  [...text.matchAll(/\bcode: '([a-z0-9-]+\.[a-z0-9-]+)', ?\s*message/g)].map(([, code]) => code!);

test('notes: each code that training tells stands in the catalogue, and none stands there that is not told', () => {
  const files = globSync('{features,models,learn,tasks}/**/*.ts', { cwd: sources }).filter(
    (file) => !/\.test\.ts$|\/testing\/|\/checks\//.test(file),
  );
  const told = new Set(files.flatMap((file) => codesIn(readFileSync(`${sources}/${file}`, 'utf8'))));
  const listed = Object.keys(noteCatalogue).filter((code) => code !== 'clean.*');
  assert.deepEqual([...told].sort(), listed.sort());
});

test('notes: a sentence each that says something', () => {
  for (const [code, about] of Object.entries(noteCatalogue)) assert.match(about, /^[A-Z].{30,}\.$/, code);
});
