/**
 * Writes down the outcomes of a file. In pieces, so that a server over the same database goes on; a file that was broken
 * off may be given again, as what is known already is not written twice.
 */
import type { Database } from '../../store/database/database.ts';
import { wrongRows } from './outcomes-file.ts';
import type { SentOutcome } from './read-outcome.ts';
import { type OutcomeCounts, type RecordingOptions, recordOutcomes } from './record-outcomes.ts';

export interface FileOutcomes extends OutcomeCounts {
  readonly file: string;
}

const piece = 5000;

export async function recordFile(
  database: Database,
  path: string,
  outcomes: readonly SentOutcome[],
  options: Omit<RecordingOptions, 'source' | 'keyId' | 'once'>,
  signal?: AbortSignal,
): Promise<FileOutcomes> {
  const counts = { accepted: 0, matched: 0, waiting: 0, unchanged: 0 };
  for (let from = 0; from < outcomes.length; from += piece) {
    signal?.throwIfAborted();
    const recorded = await recordOutcomes(database, outcomes.slice(from, from + piece), {
      ...options,
      ...{ source: 'file', keyId: null },
    });
    if (!('counts' in recorded)) {
      const problems = recorded.map((problem) => ({ ...problem, at: from + problem.at }));
      throw wrongRows(path, problems, from);
    }
    for (const name of ['accepted', 'matched', 'waiting', 'unchanged'] as const)
      counts[name] += recorded.counts[name];
  }
  return { file: path, ...counts };
}
