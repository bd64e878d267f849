/** The writing side of the log in SQLite, for workers that are processes of their own. */
import { rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { frameReader, writeFrame } from './frames.ts';
import { sqliteOrders } from './sqlite-orders.ts';
import type { WriteOrder } from './write-order.ts';

export interface LogServer {
  /** Writes what has arrived, answers it and lets go of the file. */
  close(): Promise<void>;
}

/** `path`: a migrated database file. `address`: a socket file, or a named pipe on Windows. */
export async function serveLogWrites(path: string, address: string): Promise<LogServer> {
  const orders = sqliteOrders(path);
  const sockets = new Set<Socket>();
  let arrived: { readonly order: WriteOrder; readonly socket: Socket }[] = [];
  const carryOut = (): void => {
    const now = arrived;
    arrived = [];
    if (now.length === 0) return;
    const receipts = orders.carryOut(now.map(({ order }) => order));
    now.forEach(({ socket }, i) => {
      if (socket.writable) writeFrame(socket, receipts[i]);
    });
  };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // A worker that was killed: what it had sent is written all the same.
    socket.on('error', () => socket.destroy());
    socket.on(
      'data',
      frameReader<WriteOrder>((order) => {
        // All sockets are read before what they brought is written: while one transaction waits for the disk, the
        // orders for the next gather.
        if (arrived.push({ order, socket }) === 1) setImmediate(carryOut);
      }),
    );
  });
  // The one before may have been killed and have left its file.
  if (process.platform !== 'win32') rmSync(address, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, resolve);
  });
  return {
    async close() {
      carryOut();
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.end();
      await closed;
      carryOut();
      orders.close();
    },
  };
}
