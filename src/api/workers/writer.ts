/**
 * The process that writes the log in SQLite for all workers. It does what its supervisor says and ends with it; what a
 * terminal or a service manager sends to the whole group is the supervisor's business.
 */
import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { serveLogWrites } from '../../serving/log/log-server.ts';
import { failedMessage } from './failed-message.ts';
import type { WriterOrders } from './writer-process.ts';

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});

const { path, address } = JSON.parse(process.argv[2]!) as WriterOrders;
try {
  const server = await serveLogWrites(path, address);
  const stop = async (): Promise<void> => {
    await server.close();
    process.exit(0);
  };
  process.on('message', (message) => {
    if (message === 'stop') void stop();
  });
  // The supervisor was killed: nobody else takes its folder away.
  process.on('disconnect', () => {
    if (process.platform !== 'win32') rmSync(dirname(address), { recursive: true, force: true });
    void stop();
  });
  process.send!('ready');
} catch (thrown) {
  process.send!(failedMessage(thrown), () => process.exit(1));
}
