/** What a reader guessed about a text file is said, what is usual is not. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openSource } from './open.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-notes-'));
after(() => rmSync(folder, { recursive: true, force: true }));

async function notesOf(name: string, content: string | Buffer): Promise<readonly string[]> {
  const path = join(folder, name);
  writeFileSync(path, content);
  const source = await openSource(path);
  await source.close();
  return source.notes;
}

test('reader notes: commas in a .csv and tabs in a .tsv, UTF-8 and no empty line are nothing to say', async () => {
  assert.deepEqual(await notesOf('a.csv', 'a,b\n1,2\n3,4\n'), []);
  assert.deepEqual(await notesOf('a.tsv', 'a\tb\n1\t2\n3\t4\n'), []);
});

test('reader notes: another delimiter, a guessed encoding and skipped lines are told', async () => {
  assert.deepEqual(await notesOf('b.csv', 'a;b\n1;2\n\n3;4\n\n\n5;6\n'), [
    'b.csv: its columns were taken to be divided by semicolons',
    'b.csv: 3 empty lines were skipped',
  ]);
  assert.deepEqual(await notesOf('c.csv', Buffer.from('a,gr\u00f6\u00dfe\n1,2\n', 'latin1')), [
    'c.csv: is not UTF-8, so it was read as Windows-1252; save it as UTF-8 where letters look wrong',
  ]);
});
