/**
 * One of several processes that answer on one port. It does what its supervisor says and ends with it; what a terminal
 * or a service manager sends to the whole group is the supervisor's business.
 */
import { setFlagsFromString } from 'node:v8';
import { openApp } from '../../app.ts';
import type { MetricsJson } from '../metrics/metrics.ts';
import { type RunningServer, serve } from '../serve.ts';
import { failedMessage } from './failed-message.ts';
import type { FromWorker, ToWorker, WorkerOrder } from './messages.ts';

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
// Who reads it went away: nobody is left to hear of it.
process.stderr.on('error', () => {});

/** How long the supervisor may take to ask everybody; then the own metrics must do. */
const gatherWithinMs = 2000;

const { options, number, of, writerAddress, v8Flags } = JSON.parse(process.argv[2]!) as WorkerOrder;
for (const flag of v8Flags) setFlagsFromString(flag);
const say = (message: FromWorker): Promise<void> =>
  new Promise((resolve) => {
    process.send!(message, () => resolve());
  });
process.on('uncaughtException', (thrown) => {
  if (process.env.HOLDFAST_DEBUG === '1') console.error(thrown);
  void say(failedMessage(thrown)).then(() => process.exit(1));
});

const gathering = new Map<number, (all: readonly MetricsJson[]) => void>();
let asked = 0;
function gatherMetrics(own: MetricsJson): Promise<readonly MetricsJson[]> {
  const ask = asked++;
  return new Promise((resolve) => {
    const give = (all: readonly MetricsJson[]): void => {
      clearTimeout(timer);
      gathering.delete(ask);
      resolve(all);
    };
    const timer = setTimeout(() => give([own]), gatherWithinMs);
    gathering.set(ask, give);
    void say({ kind: 'gather', ask });
  });
}

const app = openApp();
let server: RunningServer | null = null;
async function end(how: 'stop' | 'leave'): Promise<void> {
  // Before it listens it has taken nothing, and nobody is to wait for its beginning.
  if (server === null) process.exit(0);
  await server[how]();
  await say({ kind: 'own-metrics', ask: null, metrics: await server.metrics() });
  await app.close();
  process.exit(0);
}
process.on('message', async (message: ToWorker) => {
  if (message.kind === 'stop' || message.kind === 'leave') await end(message.kind);
  else if (message.kind === 'gathered') gathering.get(message.ask)?.(message.all);
  else if (server !== null)
    await say({ kind: 'own-metrics', ask: message.ask, metrics: await server.metrics() });
});

try {
  server = await serve(app, options, { number, of, writerAddress, gatherMetrics });
  const { url, model, warnings } = server;
  await say({ kind: 'ready', url, model, warnings });
} catch (thrown) {
  await say(failedMessage(thrown));
  process.exit(1);
}
