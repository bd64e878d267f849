import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { onceId } from './once-id.ts';

test('for any key the id is a UUID of version 8, the same each time, another for who else asks or for what else', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.string(), (key, who) => {
      const id = onceId('predict', who, key);
      assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      assert.equal(onceId('predict', who, key), id);
      const others = [
        onceId('outcomes', who, key),
        onceId('predict', `${who}x`, key),
        onceId('predict', who, `${key}x`),
      ];
      assert.equal(new Set([id, ...others]).size, 4);
    }),
  );
});

test('who asks and the key are not run together', () => {
  assert.notEqual(onceId('predict', 'a', 'bc'), onceId('predict', 'ab', 'c'));
  assert.notEqual(onceId('predict', null, 'k'), onceId('predict', 'key', 'k'));
});
