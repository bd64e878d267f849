/**
 * What a model does to a customer's values before it looks at them: which it imputes, which it clips, and which
 * levels it has never seen; and which are missing without anything being put in their place, because the model takes them so or
 * does not look at the column itself. Counted for the log and for monitoring.
 */
import { levelSpelling, scalarText } from '../data/cells.ts';
import { usedColumns } from '../data/check.ts';
import type { Contract } from '../data/contract.ts';
import { type Column, columnLength, isMissing } from '../table/column.ts';
import { findColumn, type Table } from '../table/table.ts';

/** Columns of one customer that were not taken as they came; only those that hold something. */
export interface Handled {
  readonly imputed?: readonly string[];
  readonly missing?: readonly string[];
  readonly clipped?: readonly string[];
  readonly unseen?: readonly string[];
}

type Manner = keyof Handled;

/** What was learned of a column, as the manifest tells it under `preprocessing`. */
interface Learned {
  readonly column: string;
  /** What stands for a missing value; null or nothing where none does. */
  readonly imputed?: unknown;
  readonly bounds: { readonly lower: number | null; readonly upper: number | null } | null;
}

/** What of a table was not taken as it came. */
export interface Handling {
  /** Of each row; null where every value was taken as it came. O(rows x columns). */
  rows(table: Table): readonly (Handled | null)[];
  /** The same counted by column, without a look at who: many rows cost next to nothing. O(rows x columns). */
  counts(table: Table): HandledCounts;
  /** The counts of the pieces of a table added up, columns in the order of the contract. */
  total(pieces: Iterable<HandledCounts>): HandledCounts;
}

export function handlingOf(contract: Contract, preprocessing: readonly unknown[]): Handling {
  const watched = watchedOf(contract, preprocessing);
  const look = (table: Table, hear: (manner: Manner, name: string, row: number) => void): void => {
    for (const one of watched) {
      const column = findColumn(table, one.name);
      if (column) lookThrough(column, one, (manner, row) => hear(manner, one.name, row));
    }
  };
  return {
    rows(table) {
      const found: (Record<Manner, string[]> | null)[] = new Array(table.rowCount).fill(null);
      look(table, (manner, name, row) => {
        const of = found[row] ?? perManner((): string[] => []);
        of[manner].push(name);
        found[row] = of;
      });
      return found.map((one) => one && withoutEmpty(one));
    },
    counts(table) {
      const counts = handledCounter();
      look(table, (manner, name) => counts.add(manner, name, 1));
      return counts.counts();
    },
    total(pieces) {
      const counts = handledCounter();
      const all = [...pieces];
      for (const { name } of watched)
        for (const manner of manners)
          for (const piece of all)
            if (Object.hasOwn(piece[manner], name)) counts.add(manner, name, piece[manner][name]!);
      return counts.counts();
    },
  };
}

/** A column that the model uses, and what it takes as it comes. */
interface Watched {
  readonly name: string;
  readonly lower: number;
  readonly upper: number;
  /** What becomes of a missing value. */
  readonly gap: 'imputed' | 'missing';
  isUnseen(level: string): boolean;
}

function watchedOf(contract: Contract, preprocessing: readonly unknown[]): Watched[] {
  const learned = new Map((preprocessing as readonly Learned[]).map((one) => [one.column, one]));
  return usedColumns(contract).map(([name, rule]) => {
    const { bounds, imputed } = learned.get(name) ?? {};
    const spelling = levelSpelling(rule.levels);
    const known = rule.levels && new Set(rule.levels.map(scalarText));
    return {
      name,
      lower: bounds?.lower ?? Number.NEGATIVE_INFINITY,
      upper: bounds?.upper ?? Number.POSITIVE_INFINITY,
      gap: (imputed ?? null) === null ? 'missing' : 'imputed',
      isUnseen: (level) => known !== undefined && !known.has(spelling(level)),
    };
  });
}

/** Hears of each value that is not taken as it comes, by its row. */
function lookThrough(
  column: Column,
  { lower, upper, gap, isUnseen }: Watched,
  hear: (manner: Manner, row: number) => void,
): void {
  switch (column.kind) {
    case 'number': {
      const { values } = column;
      for (let row = 0; row < values.length; row++) {
        const value = values[row]!;
        // Nearly every value is between its bounds: one look for those.
        if (value >= lower && value <= upper) continue;
        hear(Number.isNaN(value) ? gap : 'clipped', row);
      }
      return;
    }
    case 'category': {
      const { codes } = column;
      // One customer is asked about one level of perhaps thousands.
      const unseen: boolean[] = [];
      for (let row = 0; row < codes.length; row++) {
        const code = codes[row]!;
        if (code < 0) hear(gap, row);
        else {
          unseen[code] ??= isUnseen(column.levels[code]!);
          if (unseen[code]) hear('unseen', row);
        }
      }
      return;
    }
    default:
      for (let row = 0, rows = columnLength(column); row < rows; row++)
        if (isMissing(column, row)) hear(gap, row);
  }
}

const withoutEmpty = (handled: Record<Manner, string[]>): Handled =>
  Object.fromEntries(Object.entries(handled).filter(([, names]) => names.length > 0));

/** How often each column was not taken as it came, over many customers. */
export type HandledCounts = { readonly [M in Manner]: Readonly<Record<string, number>> };

export function countHandled(found: Iterable<Handled | null>): HandledCounts {
  const counts = handledCounter();
  for (const one of found)
    for (const manner of manners) for (const name of one?.[manner] ?? []) counts.add(manner, name, 1);
  return counts.counts();
}

function handledCounter() {
  // Names come from a contract: one called __proto__ must count like any other.
  const counts = perManner(() => new Map<string, number>());
  return {
    add(manner: Manner, name: string, count: number): void {
      counts[manner].set(name, (counts[manner].get(name) ?? 0) + count);
    },
    counts: (): HandledCounts => perManner((manner) => Object.fromEntries(counts[manner])),
  };
}

/** In the order that they are told in. */
export const manners = ['imputed', 'missing', 'clipped', 'unseen'] as const satisfies readonly Manner[];

const perManner = <T>(make: (manner: Manner) => T) =>
  Object.fromEntries(manners.map((manner) => [manner, make(manner)])) as Record<Manner, T>;
