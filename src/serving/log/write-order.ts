/** What passes between a process that answers and whoever owns the writing connection: a thread or a process. */
import type { LogEntry } from './log-writer.ts';

/** A batch to write, all or none. */
export interface WriteOrder {
  readonly order: number;
  readonly entries: PackedEntries;
}

/** What became of it; `error` in parts, since an error loses its class on the way. */
export interface WriteReceipt {
  readonly order: number;
  readonly error: { readonly code: string; readonly message: string } | null;
  /** See `WriteOutcome`. */
  readonly repeated: readonly string[];
}

/**
 * The values of entries one behind the other, in the order of `packEntries`. As objects each would bring the names of its
 * fields along: twice the bytes, and more than twice the time on either side.
 */
export type PackedEntries = readonly (string | number | boolean | null)[];

const fieldCount = 21;

export function packEntries(entries: readonly LogEntry[]): PackedEntries {
  const packed: (string | number | boolean | null)[] = [];
  for (const e of entries) {
    packed.push(e.requestId, e.rowIndex, e.at, e.source, e.modelId, e.modelLabel, e.slot);
    packed.push(e.customerId, e.featuresHash, e.score, e.churn, e.band, e.certainty, e.latencyUs);
    packed.push(e.status, e.errorCode, e.keyId, e.handled, e.input, e.once, e.again === true);
  }
  return packed;
}

export function unpackEntries(packed: PackedEntries): LogEntry[] {
  const entries: LogEntry[] = [];
  for (let at = 0; at < packed.length; at += fieldCount) {
    entries.push({
      requestId: packed[at] as string,
      rowIndex: packed[at + 1] as number,
      at: packed[at + 2] as number,
      source: packed[at + 3] as LogEntry['source'],
      modelId: packed[at + 4] as string,
      modelLabel: packed[at + 5] as string,
      slot: packed[at + 6] as string,
      customerId: packed[at + 7] as string | null,
      featuresHash: packed[at + 8] as string | null,
      score: packed[at + 9] as number | null,
      churn: packed[at + 10] as boolean | null,
      band: packed[at + 11] as string | null,
      certainty: packed[at + 12] as string | null,
      latencyUs: packed[at + 13] as number | null,
      status: packed[at + 14] as number,
      errorCode: packed[at + 15] as string | null,
      keyId: packed[at + 16] as string | null,
      handled: packed[at + 17] as string | null,
      input: packed[at + 18] as string | null,
      once: packed[at + 19] as boolean,
      ...(packed[at + 20] === true && { again: true as const }),
    });
  }
  return entries;
}
