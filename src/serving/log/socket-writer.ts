/** The log in SQLite as a worker process writes it: through the process that owns the writing connection. */
import { connect, type Socket } from 'node:net';
import { frameReader, writeFrame } from './frames.ts';
import {
  type LinkedLogWriter,
  type LinkListener,
  linkedLogWriter,
  type WriterLink,
} from './linked-writer.ts';
import type { WriteReceipt } from './write-order.ts';

/** `address`: where `serveLogWrites` listens. */
export const socketLogWriter = (address: string): Promise<LinkedLogWriter> =>
  linkedLogWriter((listener) => socketLink(address, listener));

async function socketLink(address: string, { receipt, gone }: LinkListener): Promise<WriterLink> {
  const socket = await connected(address);
  let cause: unknown;
  let isClosing = false;
  socket.on('error', (error) => {
    cause = error;
  });
  socket.once('close', () => {
    if (!isClosing) gone(cause);
  });
  socket.on('data', frameReader<WriteReceipt>(receipt));
  return {
    send: (order) => writeFrame(socket, order),
    async close() {
      isClosing = true;
      const closed = new Promise((resolve) => socket.once('close', resolve));
      socket.end();
      await closed;
    },
  };
}

const connected = (address: string): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect(address);
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(socket);
    });
    socket.once('error', reject);
  });
