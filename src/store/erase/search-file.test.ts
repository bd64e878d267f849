import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { searchFile } from './search-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-search-'));
after(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'some.csv');
const search = (content: string | Buffer, text: string, pieceBytes?: number) => {
  writeFileSync(file, content);
  return searchFile(file, text, pieceBytes);
};

test('search file: words of their own are told from parts of longer words, lines are counted once', async () => {
  const content = 'id,score\nC-1,0.5\nC-10,0.4\n"C-1","C-1"\nxC-1\n';
  assert.deepEqual(await search(content, 'C-1'), { words: 3, lines: 2, anywhere: 5, isBinary: false });
  assert.deepEqual(await search(content, 'C-10'), { words: 1, lines: 1, anywhere: 1, isBinary: false });
  assert.equal((await search(content, 'C-2')).anywhere, 0);
});

test('search file: the first and last word of a file are found', async () => {
  assert.deepEqual((await search('ann', 'ann')).words, 1);
  assert.deepEqual((await search('ann,bob', 'ann')).words, 1);
  assert.deepEqual((await search('bob,ann', 'ann')).words, 1);
});

test('search file: for any place of a word, also across the pieces that are read, it is found once', async () => {
  const word = 'customer-77';
  for (let shift = -word.length - 2; shift <= 2; shift++) {
    const content = `${'\n'.repeat(64 + shift)}${word}\n${'.'.repeat(50)}${word}`;
    assert.deepEqual(
      await search(content, word, 64),
      { words: 2, lines: 2, anywhere: 2, isBinary: false },
      `shift ${shift}`,
    );
  }
});

test('search file: other letters than ASCII, binary content, a file that is gone', async () => {
  assert.equal((await search('Zoë,1\nZoëllner,2\n', 'Zoë')).words, 1);
  assert.deepEqual(await search(Buffer.from('ab\u0000x-C-9x'), 'C-9'), {
    words: 0,
    lines: 0,
    anywhere: 1,
    isBinary: true,
  });
  assert.equal((await searchFile(join(folder, 'none'), 'x')).anywhere, 0);
});
