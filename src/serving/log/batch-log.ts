/** Writes the scores of a file into the prediction log: one request a run, the rows in their order. */
import type { Clock } from '../../base/clock.ts';
import type { LoadedModel } from '../../tasks/ports.ts';
import type { ScoreLog } from '../../tasks/score-request.ts';
import { valueLog } from '../logged-values.ts';
import { rawCustomers } from '../raw-customers.ts';
import { requestIds } from '../request-id.ts';
import type { LogEntry, LogWriter } from './log-writer.ts';

export interface BatchLog extends ScoreLog {
  readonly requestId: string;
}

/** A run that is broken off leaves whole pieces in the log, under a request id that no other run has. */
export function batchLog(
  { manifest }: Pick<LoadedModel, 'manifest'>,
  writer: Pick<LogWriter, 'write'>,
  clock: Clock,
): BatchLog {
  const requestId = requestIds(clock.now)();
  const { contract, model } = manifest;
  const values = valueLog(contract);
  return {
    requestId,
    async write({ from, customers, ids, verdicts }) {
      const at = clock.now();
      await writer.write(
        rawCustomers(contract, customers).map((customer, i): LogEntry => {
          const { churnProbability, churn, band, certainty, handled } = verdicts[i]!;
          return {
            requestId,
            rowIndex: from + i,
            at,
            source: 'batch',
            modelId: model.id,
            modelLabel: model.label,
            slot: 'live',
            customerId: ids?.[i] ?? null,
            featuresHash: values.hash(customer),
            score: churnProbability,
            churn,
            band,
            certainty,
            latencyUs: null,
            status: 200,
            errorCode: null,
            keyId: null,
            handled: handled && JSON.stringify(handled),
            input: values.kept(customer),
            once: false,
          };
        }),
      );
    },
  };
}
