import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readLines } from './ndjson-lines.ts';

async function linesOf(chunks: readonly Uint8Array[], longest = 1000) {
  const lines: { index: number; text: string | null }[] = [];
  const stream = (async function* () {
    yield* chunks;
  })();
  for await (const some of readLines(stream, longest))
    for (const { index, content } of some)
      lines.push({ index, text: content && new TextDecoder().decode(content) });
  return lines;
}

const bytes = (text: string) => new TextEncoder().encode(text);

test('for any text in any pieces the lines are those of the text', async () => {
  const line = fc.string({ unit: fc.constantFrom('a', 'ä', '"', ' ', '\t', '{') });
  await fc.assert(
    fc.asyncProperty(fc.array(line), fc.boolean(), fc.array(fc.nat(20)), async (lines, ended, cuts) => {
      const whole = bytes(lines.join('\n') + (ended ? '\n' : ''));
      const chunks: Uint8Array[] = [];
      let from = 0;
      for (const cut of cuts) {
        chunks.push(whole.subarray(from, from + cut));
        from = Math.min(whole.length, from + cut);
      }
      chunks.push(whole.subarray(from));
      assert.deepEqual(
        await linesOf(chunks),
        lines.map((text, index) => ({ index, text })).filter(({ text }) => /[^ \t]/.test(text)),
      );
    }),
  );
});

test('Windows line ends belong to no line', async () => {
  assert.deepEqual(await linesOf([bytes('a\r'), bytes('\nb\r\n\r\n')]), [
    { index: 0, text: 'a' },
    { index: 1, text: 'b' },
  ]);
});

test('a line that is too long is told once, and the next is read', async () => {
  const long = bytes('x'.repeat(600));
  assert.deepEqual(await linesOf([bytes('a\n'), long, long, long, bytes('\nb'), bytes('c')]), [
    { index: 0, text: 'a' },
    { index: 1, text: null },
    { index: 2, text: 'bc' },
  ]);
  assert.deepEqual(await linesOf([long, long]), [{ index: 0, text: null }]);
});
