import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { HoldfastError } from '../base/errors.ts';
import { type Plain, plainEqual } from '../base/plain.ts';
import { decodeFitted, decodePlain, encodeFitted, encodePlain } from './artefact.ts';
import type { FittedClassifier } from './definition.ts';

const fitted: FittedClassifier = {
  role: 'classifier',
  id: 'example',
  version: 1,
  params: { l2: 0.1 },
  inputs: [{ name: 'tenure', kind: 'number' }],
  state: { weights: Float64Array.of(1.5, -0, Number.NaN), codes: Int8Array.of(-1), intercept: -0 },
};

const damaged = (error: unknown): boolean => error instanceof HoldfastError && error.code === 'model.damaged';
const decodeJson = (value: unknown, weights = new Uint8Array(32)): Plain =>
  decodePlain(typeof value === 'string' ? value : JSON.stringify(value), weights);

const key = fc
  .string({ unit: 'binary' })
  .filter((text) => !['$array', '$number', '__proto__'].includes(text));
const array = fc.oneof(
  fc.float64Array(),
  fc.float32Array(),
  fc.int32Array(),
  fc.uint32Array(),
  fc.uint16Array(),
  fc.uint8Array(),
  fc.int8Array(),
);
const plain: fc.Arbitrary<Plain> = fc.letrec<{ value: Plain; group: Plain }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constantFrom(-0, true, false, null),
      fc.string({ unit: 'binary' }),
    ),
    array,
    tie('group'),
  ) as fc.Arbitrary<Plain>,
  group: fc.oneof(
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(key, tie('value'), { maxKeys: 5 }),
  ) as fc.Arbitrary<Plain>,
})).group;

describe('saved model', () => {
  it('for any plain value: reading gives back what was written, to the bit', () => {
    fc.assert(
      fc.property(plain, (value) => {
        const { json, weights } = encodePlain(value);
        assert.ok(plainEqual(decodePlain(json, weights), value));
      }),
      { numRuns: 500 },
    );
  });

  it('for any plain value: the order of keys does not change a byte', () => {
    const reversed = (value: Plain): Plain => {
      if (Array.isArray(value)) return value.map(reversed);
      if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([name, part]) => [name, reversed(part)]),
      );
    };
    fc.assert(
      fc.property(plain, (value) => {
        assert.deepEqual(encodePlain(reversed(value)), encodePlain(value));
      }),
    );
  });

  it('for any damage to the text: a value or model.damaged, nothing else', () => {
    const { json, weights } = encodeFitted(fitted);
    fc.assert(
      fc.property(fc.nat(json.length - 1), fc.string({ unit: 'binary-ascii', maxLength: 3 }), (at, text) => {
        try {
          decodeFitted(json.slice(0, at) + text + json.slice(at + 1), weights);
        } catch (error) {
          assert.ok(damaged(error), String(error));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('a fitted model comes back equal, with arrays of its own', () => {
    const { json, weights } = encodeFitted(fitted);
    const read = decodeFitted(json, weights);
    assert.ok(plainEqual(read, fitted));
    weights.fill(0);
    assert.ok(plainEqual(read, fitted));
  });

  it('arrays are little-endian, aligned to 8 bytes, and referred to by kind, offset and length', () => {
    const { json, weights } = encodePlain({ b: Float64Array.of(1), a: Uint8Array.of(7, 8, 9) });
    assert.deepEqual(JSON.parse(json), {
      a: { $array: 'uint8', offset: 0, length: 3 },
      b: { $array: 'float64', offset: 8, length: 1 },
    });
    assert.equal(Buffer.from(weights).toString('hex'), '0708090000000000000000000000f03f');
  });

  it('every NaN has the same bytes', () => {
    const odd = new Float64Array(new BigUint64Array([0xfff8_0000_dead_beefn]).buffer);
    const hex = (value: Plain): string => Buffer.from(encodePlain(value).weights).toString('hex');
    assert.equal(hex(odd), hex(Float64Array.of(Number.NaN)));
    const odd32 = new Float32Array(new Uint32Array([0xffc0_0001]).buffer);
    assert.equal(hex(odd32), hex(Float32Array.of(Number.NaN)));
  });

  it('what is no plain data is refused at writing, with its place', () => {
    const refused: [unknown, RegExp][] = [
      [{ state: { loss: Number.NaN } }, /state\.loss is a number that is not finite/],
      [[1, Number.NEGATIVE_INFINITY], /\[1\] is a number that is not finite/],
      [{ a: { $array: 'float64' } }, /a has the reserved key \$array/],
      [{ $number: 1 }, /reserved key \$number/],
      [JSON.parse('{"__proto__": 1}'), /reserved key __proto__/],
      [{ a: undefined }, /a is no plain data/],
      [[new Date(0)], /\[0\] is no plain data/],
      [new BigInt64Array(1), /BigInt64Array, which cannot be saved/],
      [new Uint8ClampedArray(1), /Uint8ClampedArray/],
      // biome-ignore lint/suspicious/noSparseArray: a hole is what is tested
      [[1, , 2], /\[1\] is no plain data/],
    ];
    for (const [value, message] of refused)
      assert.throws(() => encodePlain(value as Plain), { name: 'TypeError', message });
    let deep: Plain = 0;
    for (let i = 0; i < 300; i++) deep = [deep];
    assert.throws(() => encodePlain(deep), { name: 'TypeError', message: /deeper than 200/ });
  });

  it('references that are not sound are refused at reading', () => {
    const ref = (more: object): object => ({ $array: 'float64', offset: 0, length: 4, ...more });
    assert.deepEqual(decodeJson(ref({})), new Float64Array(4));
    const refused = [
      ref({ length: 5 }),
      ref({ offset: 8 }),
      ref({ offset: -8 }),
      ref({ offset: 4, length: 1 }),
      ref({ length: 1.5 }),
      ref({ length: -1 }),
      ref({ length: 2 ** 53 }),
      ref({ length: '4' }),
      ref({ extra: 1 }),
      ref({ $array: 'constructor' }),
      ref({ $array: 'float16' }),
      { $array: 'float64', offset: 0 },
      { $number: 'NaN' },
      { $number: '-0', more: 1 },
    ];
    for (const value of refused) assert.throws(() => decodeJson(value), damaged, JSON.stringify(value));
  });

  it('overlapping references are fine, endless memory from a small file is not', () => {
    const half = { $array: 'uint8', offset: 0, length: 1024 * 1024 };
    const weights = new Uint8Array(1024 * 1024);
    assert.equal((decodeJson([half, half], weights) as Plain[]).length, 2);
    assert.throws(() => decodeJson(Array(20).fill(half), weights), damaged);
  });

  it('keys that change prototypes, endless numbers, depth and broken text are refused', () => {
    for (const text of [
      '{"__proto__": {"a": 1}}',
      '[1e999]',
      '{"a": 1',
      '',
      `${'['.repeat(5e4)}${']'.repeat(5e4)}`,
    ])
      assert.throws(() => decodeJson(text), damaged, text.slice(0, 30));
    assert.deepEqual(decodeJson('{"constructor": 1}'), { constructor: 1 });
  });

  it('plain data that is no fitted classifier is refused', () => {
    for (const change of [
      { role: 'transformer' },
      { version: 0 },
      { id: '' },
      { inputs: [{ name: 'a', kind: 'cat' }] },
      { extra: 1 },
    ]) {
      const { json, weights } = encodePlain({ ...fitted, ...change } as unknown as Plain);
      assert.throws(() => decodeFitted(json, weights), damaged, JSON.stringify(change));
    }
  });
});
