/**
 * The process of one job: it has its own memory, can be ended without harm, and yields to the server, whose customers
 * wait. Its working directory is the project folder; its argument is the process that it works for.
 */
import { constants, setPriority } from 'node:os';
import { Worker } from 'node:worker_threads';
import { UnavailableError } from '../../base/errors.ts';
import { moduleUrl } from '../../base/module-url.ts';
import type { JobOrder } from './job-messages.ts';

/** Who was asked to stop and does not is ended. */
const stopWithinMs = 5000;

const stopping = new AbortController();
const stop = (): void => {
  setTimeout(() => process.exit(1), stopWithinMs).unref();
  stopping.abort(new UnavailableError('work.stopped', 'stopped before its end; start it again'));
};
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
// The server has died: nobody would hear how the job ends.
process.on('disconnect', stop);
if (!process.connected) stop();
// Work that leaves the event loop no turn would hear of none of these.
const parent = Number(process.argv[2]);
new Worker(moduleUrl('./watch-parent.ts', import.meta.url), { workerData: { parent } }).unref();
lowerPriority();

process.once('message', async (order: JobOrder) => {
  const { performJob } = await import('./perform-job.ts');
  const report = await performJob(order, stopping.signal);
  if (!process.connected) process.exit(1);
  process.send!(report, undefined, undefined, () => process.exit(0));
});

/** On a machine that does not allow it the job runs like any other process. */
function lowerPriority(): void {
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {}
}
