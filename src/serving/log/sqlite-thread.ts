/** The thread that owns the writing connection: waiting for the disk holds no request. */
import { parentPort, workerData } from 'node:worker_threads';
import { sqliteOrders } from './sqlite-orders.ts';
import type { WriteOrder } from './write-order.ts';

const { path } = workerData as { readonly path: string };
const orders = sqliteOrders(path);

parentPort!.on('message', (message: WriteOrder | 'close') => {
  if (message === 'close') {
    orders.close();
    parentPort!.close();
    return;
  }
  for (const receipt of orders.carryOut([message])) parentPort!.postMessage(receipt);
});
parentPort!.postMessage('ready');
