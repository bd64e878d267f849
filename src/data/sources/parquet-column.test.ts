import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { packed, parquetColumn } from './parquet-column.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

// The example of https://parquet.apache.org/docs/file-format/data-pages/encodings/ : 0 to 7 in three bits each.
test('parquet column: numbers are packed from the lowest bit, as the format shows', () => {
  assert.equal(hex(packed(Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7), 3)), '88c6fa');
});

test('parquet column: for any numbers of any width the bits are those of their sum of shifts', () => {
  const numbers = fc
    .integer({ min: 1, max: 14 })
    .chain((width) => fc.tuple(fc.constant(width), fc.array(fc.nat(2 ** width - 1), { maxLength: 40 })));
  fc.assert(
    fc.property(numbers, ([width, values]) => {
      const bytes = packed(Uint32Array.from(values), width);
      assert.equal(bytes.length, Math.ceil(values.length / 8) * width);
      const expected = values.reduce((sum, value, i) => sum | (BigInt(value) << BigInt(i * width)), 0n);
      const found = bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
      assert.equal(found, expected);
    }),
    { numRuns: 100 },
  );
});

test('parquet column: texts of few kinds share a dictionary, in the order they came; nulls are in none', () => {
  const column = parquetColumn('text');
  for (const text of ['b', null, 'a', 'b']) column.push(text);
  const { values, nulls, dictionary, body } = column.take();
  assert.deepEqual([values, nulls, dictionary?.size], [4, 1, 2]);
  assert.equal(hex(dictionary!.body), '01000000620100000061');
  // Levels 1 0 1 1 in one packed group; indexes 0 1 0 of one bit each.
  assert.equal(hex(body), '02000000' + '030d' + '01' + '0302');
});

test('parquet column: texts of many kinds are written as they are, from the group on in which they become many', () => {
  const column = parquetColumn('text');
  const texts = Array.from({ length: 20_000 }, (_, i) => `t${i}`);
  for (const text of texts) column.push(text);
  const plain = (some: readonly string[]) =>
    Buffer.concat(some.flatMap((text) => [Uint8Array.of(text.length, 0, 0, 0), Buffer.from(text)]));
  const { dictionary, body } = column.take();
  assert.equal(dictionary, null);
  // Four bytes of length, one run of ones: its varint of three bytes and its value.
  assert.deepEqual(Buffer.from(body.subarray(8)), plain(texts));
  column.push('t1');
  assert.equal(column.take().dictionary, null);
});
