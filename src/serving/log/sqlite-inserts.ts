/**
 * Writes entries with two prepared statements in one transaction: the quickest way into SQLite. Batches of several
 * callers become one transaction; each hears what was in the log before it.
 */
import type { DatabaseSync } from 'node:sqlite';
import { firstOfRequest, idsToLookFor } from './first-of-request.ts';
import type { LogEntry, WriteOutcome } from './log-writer.ts';

export function sqliteInserts(
  file: DatabaseSync,
): (batches: readonly (readonly LogEntry[])[]) => readonly WriteOutcome[] {
  // What a shadow wrote is no answer.
  const answer = file.prepare("select 1 from prediction where request_id = ? and slot <> 'shadow' limit 1");
  const same = file.prepare(
    'select 1 from prediction where request_id = ? and row_index = ? and slot = ? limit 1',
  );
  const row = file.prepare(
    `insert into prediction (request_id, row_index, at, source, model_id, model_label, slot, customer_id,
       features_hash, score, churn, band, certainty, latency_us, status, error_code, key_id, handled)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const values = file.prepare(
    'insert into prediction_values (request_id, row_index, input) values (?, ?, ?)',
  );
  const write = (entries: readonly LogEntry[]): WriteOutcome => {
    const ids = idsToLookFor(entries);
    const first = firstOfRequest(ids.filter((id) => answer.get(id) !== undefined));
    for (const e of entries) {
      if (!first.isNew(e)) continue;
      if (e.again && same.get(e.requestId, e.rowIndex, e.slot)) continue;
      row.run(
        e.requestId,
        e.rowIndex,
        e.at,
        e.source,
        e.modelId,
        e.modelLabel,
        e.slot,
        e.customerId,
        e.featuresHash,
        e.score,
        e.churn === null ? null : Number(e.churn),
        e.band,
        e.certainty,
        e.latencyUs,
        e.status,
        e.errorCode,
        e.keyId,
        e.handled,
      );
      if (e.input !== null) values.run(e.requestId, e.rowIndex, e.input);
    }
    return first;
  };
  return (batches) => {
    file.exec('begin immediate');
    try {
      const outcomes = batches.map(write);
      file.exec('commit');
      return outcomes;
    } catch (error) {
      // A full disk has ended the transaction already.
      if (file.isTransaction) file.exec('rollback');
      throw error;
    }
  };
}
