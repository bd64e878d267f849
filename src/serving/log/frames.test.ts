import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { test } from 'node:test';
import fc from 'fast-check';
import { frameReader, writeFrame } from './frames.ts';

const frame = (value: unknown): Buffer => {
  const text = Buffer.from(JSON.stringify(value));
  const head = Buffer.alloc(4);
  head.writeUInt32LE(text.length);
  return Buffer.concat([head, text]);
};

test('for any values and any cuts the reader gives the values in their order', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), fc.array(fc.nat(50)), (values, cuts) => {
      const bytes = Buffer.concat(values.map(frame));
      const read: unknown[] = [];
      const take = frameReader((value) => read.push(value));
      let from = 0;
      for (const cut of cuts) {
        take(bytes.subarray(from, from + cut));
        from += cut;
      }
      take(bytes.subarray(from));
      assert.deepEqual(read, JSON.parse(JSON.stringify(values)));
    }),
  );
});

test('what is written on a socket is read at its other end, be it larger than any piece', async () => {
  const server = createServer((socket) => {
    socket.on(
      'data',
      frameReader((value) => writeFrame(socket, value)),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const values = ['ä'.repeat(1_000_000), { small: 1 }];
  const read: unknown[] = [];
  const both = new Promise<void>((resolve) => {
    socket.on(
      'data',
      frameReader((value) => {
        if (read.push(value) === 2) resolve();
      }),
    );
  });
  for (const value of values) writeFrame(socket, value);
  await both;
  assert.deepEqual(read, values);
  socket.destroy();
  server.close();
});
