/** Customers of a kind of business with shorthands for tests. */
import { requireColumn, type Table } from '../../../table/table.ts';
import type { CompanionTable } from '../companions/definition.ts';
import { type GenerateOptions, generateCustomers } from '../generate-customers.ts';
import type { GeneratedCustomers, People, Person } from '../model.ts';

export interface Made extends GeneratedCustomers {
  numbers(name: string, from?: Table): Float64Array;
  /** The level of a row in a category; null when missing. */
  level(name: string, row: number): string | null;
  isChurned(row: number): boolean;
  readonly persons: readonly Person[];
}

export function makeCustomers(options: GenerateOptions): Made {
  const made = generateCustomers(options);
  let persons: Person[] | undefined;
  const level = (name: string, row: number): string | null => {
    const { codes, levels } = requireColumn('test', made.table, name, 'category');
    return levels[codes[row]!] ?? null;
  };
  return {
    ...made,
    numbers: (name, from = made.table) => requireColumn('test', from, name, 'number', 'time').values,
    level,
    isChurned: (row) => level('churned', row) === 'yes',
    get persons() {
      persons ??= Array.from({ length: made.table.rowCount }, (_, row) => made.people.at(row));
      return persons;
    },
  };
}

/** The rows of a companion file as objects. */
export const rowsOf = ({ columns, rows }: CompanionTable, people: People): Record<string, unknown>[] =>
  [...rows(people)].map((cells) => Object.fromEntries(cells.map((cell, c) => [columns[c]!.name, cell])));
