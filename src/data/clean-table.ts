/**
 * Applies the repairs of a project file to the rows of a table, one after the other.
 *
 * Notes say what each did, with counts and no values. Where every row stood in the file is kept, so that later
 * sentences can name its row.
 */
import { ParamError } from '../base/errors.ts';
import { didYouMean, listNames, printable } from '../base/text.ts';
import { createTable, findColumn, type Table, takeRows } from '../table/table.ts';
import { usedColumns } from './check.ts';
import { allRepairs } from './clean/all.ts';
import type { CleanSection } from './clean/section.ts';
import type { Contract } from './contract.ts';
import type { AnyRepair, RepairColumn } from './repair.ts';
import type { UnreadableCell } from './source.ts';

export interface CleanNote {
  readonly code: string;
  readonly message: string;
}

export interface Cleaned {
  readonly table: Table;
  /** Where each row stood before, ascending. */
  readonly places: Int32Array;
  /** Values that still cannot be read, by their rows in the cleaned table. */
  readonly unreadable: readonly UnreadableCell[];
  readonly notes: readonly CleanNote[];
  /** By place among the repairs, of those of single values: how many they changed. */
  readonly changed: ReadonlyMap<number, number>;
}

export function cleanTable(
  section: CleanSection,
  table: Table,
  unreadable: readonly UnreadableCell[] = [],
): Cleaned {
  let current = table;
  let places = Int32Array.from({ length: table.rowCount }, (_, row) => row);
  let cells = unreadable;
  const notes: CleanNote[] = [];
  const changes = new Map<number, number>();
  section.forEach((entry, index) => {
    const { definition, params } = repairOf(entry);
    for (const column of definition.columnsOf(params))
      refuseUnfit(current, column, `clean.${index}`, entry.repair);
    const { kept, columns, accepted, message, changed } = definition.apply(current, params, {
      places,
      unreadable: countByColumn(cells),
    });
    if (columns) {
      const changed = new Map(columns.map((column) => [column.name, column]));
      current = createTable(
        current.columns.map((column) => changed.get(column.name) ?? column),
        current.rowCount,
      );
    }
    if (kept) {
      current = takeRows(current, kept);
      places = Int32Array.from(kept, (row) => places[row]!);
      cells = movedCells(cells, kept);
    }
    if (accepted) cells = cells.filter(({ column }) => !accepted.includes(column));
    if (message !== null) notes.push({ code: `clean.${entry.repair}`, message });
    if (changed !== undefined) changes.set(index, changed);
  });
  return { table: current, places, unreadable: cells, notes, changed: changes };
}

/** The notes of repairs of single values from how many each changed, by its place: of a table repaired in pieces. */
export const notesOfChanges = (section: CleanSection, changed: ReadonlyMap<number, number>): CleanNote[] =>
  section.flatMap((entry, index) => {
    const values = changed.get(index);
    const { definition, params } = repairOf(entry);
    const message = values === undefined ? undefined : definition.tell?.(values, params);
    return message === undefined ? [] : [{ code: `clean.${entry.repair}`, message }];
  });

/** The names of the columns that the repairs work with. */
export const cleanColumns = (section: CleanSection): string[] => [
  ...new Set(
    section.flatMap((entry) => {
      const { definition, params } = repairOf(entry);
      return definition.columnsOf(params).map(({ name }) => name);
    }),
  ),
];

/** Repairs of single values, of the columns that a model looks at: what every row goes through that it is asked about. */
export const valueRepairs = (section: CleanSection, contract: Contract): CleanSection => {
  const used = new Set(usedColumns(contract).map(([name]) => name));
  return section.flatMap((entry): CleanSection => {
    if (repairOf(entry).definition.reach !== 'value' || !('columns' in entry)) return [];
    const columns = entry.columns.filter((name) => used.has(name));
    return columns.length === 0 ? [] : [{ ...entry, columns }];
  });
};

/** Is a repair made for the file that was learned from, and for no other? */
export const isOfOneFile = (entry: CleanSection[number]): boolean =>
  repairOf(entry).definition.reach === 'file';

function countByColumn(cells: readonly UnreadableCell[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { column } of cells) counts.set(column, (counts.get(column) ?? 0) + 1);
  return counts;
}

function movedCells(cells: readonly UnreadableCell[], kept: Int32Array): UnreadableCell[] {
  const rowOf = new Map(Array.from(kept, (place, row) => [place, row]));
  return cells.flatMap(({ column, row }) => {
    const now = rowOf.get(row);
    return now === undefined ? [] : [{ column, row: now }];
  });
}

function repairOf({ repair, ...params }: CleanSection[number]): { definition: AnyRepair; params: unknown } {
  const definition: AnyRepair = allRepairs.find(({ id }) => id === repair)!;
  return { definition, params };
}

function refuseUnfit(table: Table, { name, kinds }: RepairColumn, param: string, repair: string): void {
  const column = findColumn(table, name);
  if (!column) {
    const known = table.columns.map((each) => each.name);
    throw new ParamError(
      'project.value',
      `${param}: ${repair} names a column ${printable(name)} that the contract does not have${didYouMean(name, known)}; name one of its columns, the id or the target`,
      { param, column: name },
    );
  }
  if (kinds && !kinds.includes(column.kind)) {
    throw new ParamError(
      'project.value',
      `${param}: ${repair} needs a ${listNames(kinds)} column, ${printable(name)} is of kind ${column.kind}; name another or change its kind`,
      { param, column: name },
    );
  }
}
