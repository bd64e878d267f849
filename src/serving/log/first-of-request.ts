/** Which entries of a transaction are the first of their request, and so to be written. */
import type { LogEntry } from './log-writer.ts';

export interface FirstOfRequest {
  /** False for what the log has already; asked once an entry, in their order. */
  isNew(entry: LogEntry): boolean;
  /** Ids of which something was left out. */
  readonly repeated: ReadonlySet<string>;
}

/**
 * `known`: ids that were in the log when the transaction began. A transaction may bring a request twice, from two
 * processes that were asked at the same moment: from its first repeated row on, the second is left out whole.
 */
export function firstOfRequest(known: Iterable<string>): FirstOfRequest {
  const repeated = new Set(known);
  const rows = new Map<string, Set<number>>();
  return {
    repeated,
    isNew({ once, requestId, rowIndex }) {
      if (!once) return true;
      if (repeated.has(requestId)) return false;
      const written = rows.get(requestId);
      if (!written) rows.set(requestId, new Set([rowIndex]));
      else if (written.has(rowIndex)) repeated.add(requestId);
      else written.add(rowIndex);
      return !repeated.has(requestId);
    },
  };
}

/** The ids to look for, each once, in an order that is the same for everybody who locks them. */
export const idsToLookFor = (entries: readonly LogEntry[]): readonly string[] =>
  [...new Set(entries.filter(({ once }) => once).map(({ requestId }) => requestId))].sort();
