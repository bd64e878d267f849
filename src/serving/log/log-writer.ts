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
}

export interface LogWriter {
  /** Resolves when the entries are on the disk, all or none; rejects with a coded error. */
  write(entries: readonly LogEntry[]): Promise<void>;
  close(): Promise<void>;
}
