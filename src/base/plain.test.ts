import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { canonicalJson, isRecord, isTypedArray, plainEqual } from './plain.ts';

const plain = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constant(null),
    fc.boolean(),
    fc.double(),
    fc.string(),
    fc.float64Array({ maxLength: 4 }),
    fc.int32Array({ maxLength: 4 }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.string(), tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

test('plain: for any value, a structured clone is equal', () => {
  fc.assert(fc.property(plain, (value) => assert.ok(plainEqual(structuredClone(value), value))));
});

test('plain: for any two values, equality is mutual', () => {
  fc.assert(fc.property(plain, plain, (a, b) => assert.equal(plainEqual(a, b), plainEqual(b, a))));
});

test('plain: what differs in a bit, a type, a length, a key or an order differs', () => {
  assert.ok(plainEqual(Float64Array.of(Number.NaN), Float64Array.of(Number.NaN)));
  assert.ok(plainEqual({ a: 1, b: [2] }, { b: [2], a: 1 }));
  assert.ok(!plainEqual(0, -0));
  assert.ok(!plainEqual(Float64Array.of(0), Float64Array.of(-0)));
  assert.ok(!plainEqual(Float64Array.of(1), Float32Array.of(1)));
  assert.ok(!plainEqual(Int32Array.of(1), Int32Array.of(1, 2)));
  assert.ok(!plainEqual(Int32Array.of(1), [1]));
  assert.ok(!plainEqual([1, 2], [2, 1]));
  assert.ok(!plainEqual({ a: 1 }, { b: 1 }));
  assert.ok(!plainEqual({ a: undefined }, { b: undefined }));
  assert.ok(!plainEqual({ a: 1 }, { a: 1, b: 1 }));
  assert.ok(!plainEqual('1', 1));
});

test('plain: a record is an object literal or one without a prototype', () => {
  assert.ok(isRecord({}) && isRecord(Object.create(null)));
  for (const other of [null, [], new Map(), new Date(0), Int8Array.of(1), 'a', 1, undefined])
    assert.ok(!isRecord(other));
});

test('plain: a view that is no array of numbers is no typed array', () => {
  assert.ok(isTypedArray(Int8Array.of(1)) && isTypedArray(new Float64Array(0)));
  assert.ok(!isTypedArray(new DataView(new ArrayBuffer(1))) && !isTypedArray([1]));
});

test('canonical JSON: keys are sorted at every depth, two spaces, one line end', () => {
  assert.equal(
    canonicalJson({ b: [{ d: 1, c: null }], a: 'x', gone: undefined }),
    '{\n  "a": "x",\n  "b": [\n    {\n      "c": null,\n      "d": 1\n    }\n  ]\n}\n',
  );
});

test('canonical JSON: for any JSON value, the text reads back as the value and is the same again', () => {
  // JSON itself cannot tell -0 from 0.
  const json = fc.jsonValue().filter((value) => !JSON.stringify(value).includes('__proto__'));
  fc.assert(
    fc.property(json, (value) => {
      const text = canonicalJson(value);
      assert.equal(canonicalJson(JSON.parse(text)), text);
      assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('canonical JSON: for any record, the order of its keys does not show', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.integer(), { noNullPrototype: true }), (record) => {
      const reversed = Object.fromEntries(Object.entries(record).reverse());
      assert.equal(canonicalJson(reversed), canonicalJson(record));
    }),
  );
});

test('canonical JSON: what JSON would change silently is refused', () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, [Number.NaN], { a: { b: -Infinity } }])
    assert.throws(() => canonicalJson(value), { name: 'TypeError', message: /not finite/ });
  assert.throws(() => canonicalJson({ a: Float64Array.of(1) }), {
    name: 'TypeError',
    message: /typed array/,
  });
});
