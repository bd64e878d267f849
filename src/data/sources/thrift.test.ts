import assert from 'node:assert/strict';
import { test } from 'node:test';
import { binary, i32, i64, list, struct, varint } from './thrift.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

// Expected bytes by hand from the protocol's specification.
test('thrift: whole numbers are zigzag varints, seven bits a byte', () => {
  assert.equal(hex(varint(0)), '00');
  assert.equal(hex(varint(300)), 'ac02');
  assert.equal(hex(i32(-1).bytes), '01');
  assert.equal(hex(i32(150).bytes), 'ac02');
  assert.equal(hex(i64(2 ** 40).bytes), '808080808040');
});

test('thrift: texts have their length in bytes before them', () => {
  assert.equal(hex(binary('é').bytes), '02c3a9');
});

test('thrift: a list says its length and the type of its values, a long one in more bytes', () => {
  assert.equal(hex(list([i32(1), i32(2)]).bytes), '250204');
  assert.equal(hex(list(Array.from({ length: 20 }, () => i32(0))).bytes), `f514${'00'.repeat(20)}`);
  assert.equal(hex(list([]).bytes), '0c');
});

test('thrift: a struct tells the steps between its fields, leaves out what is undefined and ends with 0', () => {
  assert.equal(
    hex(
      struct([
        [1, i32(1)],
        [2, undefined],
        [4, i64(2)],
      ]).bytes,
    ),
    '15023604' + '00',
  );
  assert.equal(hex(struct([]).bytes), '00');
});
