/** Counts what a scored file was like, piece by piece: as if it had been one, in memory that does not grow with its rows. */
import { checkTable } from '../data/check.ts';
import type { CleanSection } from '../data/clean/section.ts';
import { type CleanNote, notesOfChanges } from '../data/clean-table.ts';
import type { Customers } from '../data/sources/customers.ts';
import { repeatCounter } from '../data/sources/repeat-counter.ts';
import type { Table } from '../table/table.ts';
import { type HandledCounts, handlingOf } from './handling.ts';
import type { Manifest } from './manifest.ts';

export interface ScoreTally {
  readonly scored: number;
  /** Customers called churn. */
  readonly called: number;
  /** Rows without a value and with an unseen level by column, the rejected ones among them. */
  readonly missing: Readonly<Record<string, number>>;
  readonly unseen: Readonly<Record<string, number>>;
  /** Of the scored rows. */
  readonly handled: HandledCounts;
  /** Rows whose id stands in an earlier row. */
  readonly repeated: number;
  /** What the repairs did. */
  readonly notes: readonly CleanNote[];
}

export interface ScoreCounter {
  /** Rows scored so far. */
  scored(): number;
  /** `customers` and `scores`: of the rows that were not rejected. */
  add(piece: Customers, customers: Table, scores: Float64Array): Promise<void>;
  /** Once, after the last piece. */
  tally(): Promise<ScoreTally>;
  /** Frees what the count of ids took. */
  close(): Promise<void>;
}

export function scoreCounter(
  { contract, preprocessing, threshold }: Pick<Manifest, 'contract' | 'preprocessing' | 'threshold'>,
  clean: CleanSection,
): ScoreCounter {
  const handling = handlingOf(contract, preprocessing);
  const ids = repeatCounter();
  // Names come from a contract: one called __proto__ must count like any other.
  const missing = new Map<string, number>();
  const unseen = new Map<string, number>();
  const changed = new Map<number, number>();
  let handled = handling.total([]);
  let scored = 0;
  let called = 0;
  return {
    scored: () => scored,
    async add(piece, customers, scores) {
      scored += scores.length;
      for (let i = 0; i < scores.length; i++) if (scores[i]! >= threshold.value) called++;
      // Of rows that were rejected nothing is imputed or encoded.
      const check =
        piece.check.broken.length === 0
          ? piece.check
          : checkTable(contract, { table: customers, unreadable: [] });
      addTo(missing, Object.entries(check.missing));
      addTo(unseen, Object.entries(check.unseen));
      addTo(changed, piece.changed);
      handled = handling.total([handled, handling.counts(customers)]);
      if (piece.ids) await ids.add(piece.ids);
    },
    tally: async () => ({
      scored,
      called,
      missing: Object.fromEntries(missing),
      unseen: Object.fromEntries(unseen),
      handled,
      repeated: await ids.count(),
      notes: notesOfChanges(clean, changed),
    }),
    close: ids.close,
  };
}

function addTo<K>(sums: Map<K, number>, counts: Iterable<readonly [K, number]>): void {
  for (const [key, count] of counts) sums.set(key, (sums.get(key) ?? 0) + count);
}
