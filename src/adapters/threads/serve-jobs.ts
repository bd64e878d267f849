/** The worker's side: fits the jobs that arrive, one after the other, and answers each. */
import type { MessagePort } from 'node:worker_threads';
import { sequentialMap } from '../../base/parallel.ts';
import type { Catalogue } from '../../learn/catalogue.ts';
import type { FitAnswer, FitJob } from '../../learn/context.ts';
import { runFitJob } from '../../learn/fit.ts';
import type { Dataset } from '../../table/dataset.ts';
import { realClock } from '../clock.ts';
import { type FromWorker, sendableError, type ToWorker } from './messages.ts';

export function serveJobs(port: MessagePort, catalogue: Catalogue): void {
  const dataSets = new Map<number, Dataset>();
  // Jobs inside a job stay in this thread: the other threads are busy with jobs of their own.
  const run = (job: FitJob): Promise<FitAnswer> =>
    runFitJob(job, { clock: realClock, catalogue, map: sequentialMap(run) });

  port.on('message', async (message: ToWorker) => {
    if (message.type === 'data') dataSets.set(message.dataId, message.data);
    else if (message.type === 'forget') for (const dataId of message.dataIds) dataSets.delete(dataId);
    else {
      const { id, params, dataId, stream, endsAt } = message;
      try {
        const answer = await run({
          id,
          params,
          stream,
          data: dataSets.get(dataId)!,
          ...(endsAt !== undefined && { endsAt }),
        });
        port.postMessage({ type: 'done', answer } satisfies FromWorker);
      } catch (thrown) {
        port.postMessage({ type: 'failed', error: sendableError(thrown) } satisfies FromWorker);
      }
    }
  });
}
