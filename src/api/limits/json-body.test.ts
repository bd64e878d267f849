import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isDeeperThan } from './json-body.ts';

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
      assert.equal(isDeeperThan(text, depth), false);
      if (depth > 0) assert.equal(isDeeperThan(text, depth - 1), true);
    }),
  );
});

test('brackets and escaped quotes in texts do not count', () => {
  assert.equal(isDeeperThan(bytes('{"[[[[\\"[[":"{{{\\\\"}'), 1), false);
});

test('a text that ends in the middle is looked at to its end', () => {
  assert.equal(isDeeperThan(bytes('[['.repeat(50)), 32), true);
  assert.equal(isDeeperThan(bytes('"abc\\'), 0), false);
});
