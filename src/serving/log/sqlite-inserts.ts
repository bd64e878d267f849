/** Writes entries with two prepared statements in one transaction: the quickest way into SQLite. */
import type { DatabaseSync } from 'node:sqlite';
import type { LogEntry } from './log-writer.ts';

export function sqliteInserts(file: DatabaseSync): (entries: readonly LogEntry[]) => void {
  const row = file.prepare(
    `insert into prediction (request_id, row_index, at, source, model_id, model_label, slot, customer_id,
       features_hash, score, churn, band, certainty, latency_us, status, error_code, key_id, handled)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const values = file.prepare(
    'insert into prediction_values (request_id, row_index, input) values (?, ?, ?)',
  );
  return (entries) => {
    file.exec('begin immediate');
    try {
      for (const e of entries) {
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
      file.exec('commit');
    } catch (error) {
      // A full disk has ended the transaction already.
      if (file.isTransaction) file.exec('rollback');
      throw error;
    }
  };
}
