/**
 * What a model does to a customer's values before it looks at them: which it imputes, which it clips, and which
 * levels it has never seen. Counted for the log and for monitoring.
 */
import { levelSpelling, scalarText } from '../data/cells.ts';
import { usedColumns } from '../data/check.ts';
import type { Contract } from '../data/contract.ts';
import { type Column, isMissing } from '../table/column.ts';
import { findColumn, type Table } from '../table/table.ts';

/** Columns of one customer that were not taken as they came; only those that hold something. */
export interface Handled {
  readonly imputed?: readonly string[];
  readonly clipped?: readonly string[];
  readonly unseen?: readonly string[];
}

type Manner = keyof Handled;

/** The learned bounds of a column, as the manifest tells them under `preprocessing`. */
interface Learned {
  readonly column: string;
  readonly bounds: { readonly lower: number | null; readonly upper: number | null } | null;
}

/** Looks at each row of a table; null where every value was taken as it came. O(rows x columns). */
export function handlingOf(
  contract: Contract,
  preprocessing: readonly unknown[],
): (table: Table) => readonly (Handled | null)[] {
  const learned = new Map((preprocessing as readonly Learned[]).map((one) => [one.column, one]));
  const watched = usedColumns(contract).map(([name, rule]) => {
    const bounds = learned.get(name)?.bounds;
    const spelling = levelSpelling(rule.levels);
    const known = rule.levels && new Set(rule.levels.map(scalarText));
    return {
      name,
      lower: bounds?.lower ?? Number.NEGATIVE_INFINITY,
      upper: bounds?.upper ?? Number.POSITIVE_INFINITY,
      isUnseen: (level: string) => known !== undefined && !known.has(spelling(level)),
    };
  });
  return (table) => {
    const found: (Record<Manner, string[]> | null)[] = new Array(table.rowCount).fill(null);
    for (const { name, lower, upper, isUnseen } of watched) {
      const column = findColumn(table, name);
      if (!column) continue;
      for (let row = 0; row < table.rowCount; row++) {
        const manner = mannerOf(column, row, lower, upper, isUnseen);
        if (manner === null) continue;
        const of = found[row] ?? { imputed: [], clipped: [], unseen: [] };
        of[manner].push(name);
        found[row] = of;
      }
    }
    return found.map((one) => one && withoutEmpty(one));
  };
}

function mannerOf(
  column: Column,
  row: number,
  lower: number,
  upper: number,
  isUnseen: (level: string) => boolean,
): Manner | null {
  if (isMissing(column, row)) return 'imputed';
  if (column.kind === 'number')
    return column.values[row]! < lower || column.values[row]! > upper ? 'clipped' : null;
  if (column.kind === 'category') return isUnseen(column.levels[column.codes[row]!]!) ? 'unseen' : null;
  return null;
}

const withoutEmpty = (handled: Record<Manner, string[]>): Handled =>
  Object.fromEntries(Object.entries(handled).filter(([, names]) => names.length > 0));

/** How often each column was not taken as it came, over many customers. */
export type HandledCounts = { readonly [M in Manner]: Readonly<Record<string, number>> };

export function countHandled(found: Iterable<Handled | null>): HandledCounts {
  // Names come from a contract: one called __proto__ must count like any other.
  const counts: Record<Manner, Map<string, number>> = {
    imputed: new Map(),
    clipped: new Map(),
    unseen: new Map(),
  };
  for (const one of found)
    for (const manner of manners)
      for (const name of one?.[manner] ?? []) counts[manner].set(name, (counts[manner].get(name) ?? 0) + 1);
  const { imputed, clipped, unseen } = counts;
  return {
    imputed: Object.fromEntries(imputed),
    clipped: Object.fromEntries(clipped),
    unseen: Object.fromEntries(unseen),
  };
}

const manners: readonly Manner[] = ['imputed', 'clipped', 'unseen'];
