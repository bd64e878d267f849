/** A file beside the table about the same customers, and the truth of it. Rows are made one customer at a time. */
import type { People } from '../model.ts';

/** null = missing. Days and times are texts: 2026-05-14, 2026-05-14T18:22:00Z. */
export type Cell = string | number | boolean | null;

export interface CompanionColumn {
  readonly name: string;
  readonly kind: 'text' | 'number' | 'boolean';
  readonly meaning: string;
  readonly unit?: string;
}

export interface CompanionTable {
  readonly columns: readonly CompanionColumn[];
  /** In the order of the customers; the same rows each time. */
  rows(people: People): Generator<Cell[]>;
}

export interface CompanionDefinition {
  /** The file's name, the word on the command line and in the name of the file made. */
  readonly id: string;
  readonly title: string;
  /** What a company would have. */
  readonly told: CompanionTable;
  /** What only a simulation knows. Null when the table's own columns are the truth of it. */
  readonly truth: CompanionTable | null;
}
