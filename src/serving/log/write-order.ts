/** What passes between a process that answers and whoever owns the writing connection: a thread or a process. */
import type { LogEntry } from './log-writer.ts';

/** A batch to write, all or none. */
export interface WriteOrder {
  readonly order: number;
  readonly entries: readonly LogEntry[];
}

/** What became of it; `error` in parts, since an error loses its class on the way. */
export interface WriteReceipt {
  readonly order: number;
  readonly error: { readonly code: string; readonly message: string } | null;
  /** See `WriteOutcome`. */
  readonly repeated: readonly string[];
}
