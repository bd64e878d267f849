import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { extentOf, parsedJson, widest } from './json-body.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

/** How deep a value is: the depth that the text must have. */
function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

test('for any JSON value the depth of its text is the depth of the value', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const depth = depthOf(value);
      const text = bytes(JSON.stringify(value));
      assert.equal(extentOf(text).depth, depth);
    }),
  );
});

test('brackets, commas and escaped quotes in texts do not count', () => {
  const { depth, width, values } = extentOf(bytes('{"[[[[\\"[[,,,":"{{{,,\\\\"}'));
  assert.deepEqual([depth, width, values], [1, 0, 2]);
});

test('a text that ends in the middle is looked at to its end', () => {
  assert.ok(extentOf(bytes('[['.repeat(50))).depth > 32);
  assert.equal(extentOf(bytes('"abc\\')).depth, 0);
});

const read = (text: string, values?: number) =>
  parsedJson(bytes(text), 'the body', JSON.parse, {
    orElse: 'not JSON',
    ...(values !== undefined && { values }),
  });
const refused = { code: 'request.syntax' };

test('a list or object of too many entries, and too many values in all, are refused before they are parsed', () => {
  const list = (count: number) => `[${new Array(count).fill(1).join(',')}]`;
  assert.equal((read(list(widest)) as number[]).length, widest);
  assert.throws(() => read(list(widest + 1)), refused);
  assert.throws(() => read(`{"a":${list(600)},"b":${list(600)}}`, 1000), refused);
  assert.ok(read(`{"a":${list(400)},"b":${list(400)}}`, 1000));
});

test('half of a character in a text or a name is refused, a pair of halves is a character', () => {
  for (const text of ['"\\ud800"', '[{"a":"x\\uDC00"}]', '{"\\udfff":1}'])
    assert.throws(() => read(text), refused);
  assert.equal(read('"\\ud83d\\ude00"'), '\u{1F600}');
  assert.equal(read('"\\\\ud800"'), '\\ud800');
});
