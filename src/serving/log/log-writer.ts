/** The port through which predictions reach the log. */

/** One row of the log, with the values that may be kept. */
export interface LogEntry {
  readonly requestId: string;
  readonly rowIndex: number;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly source: 'api' | 'batch';
  readonly modelId: string;
  readonly modelLabel: string;
  readonly slot: string;
  readonly customerId: string | null;
  readonly featuresHash: string | null;
  readonly score: number | null;
  readonly churn: boolean | null;
  readonly band: string | null;
  readonly certainty: string | null;
  readonly latencyUs: number | null;
  readonly status: number;
  readonly errorCode: string | null;
  readonly keyId: string | null;
  /** JSON text. */
  readonly handled: string | null;
  /** JSON text of the values that the contract lets be kept; null for none. */
  readonly input: string | null;
  /** Of a request that is answered once: left out when the log has an answer to its request id already. */
  readonly once: boolean;
  /** Of a write that failed and may have reached the disk all the same: left out when the log has this very row. */
  readonly again?: true;
}

/** What the log knew before. */
export interface WriteOutcome {
  /** Ids of `once` requests that were in the log already: nothing of them was written. */
  readonly repeated: ReadonlySet<string>;
}

export interface LogWriter {
  /** Resolves when the entries are on the disk, all or none; rejects with a coded error. */
  write(entries: readonly LogEntry[]): Promise<WriteOutcome>;
  close(): Promise<void>;
}
