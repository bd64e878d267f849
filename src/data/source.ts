/** What an opened table of customers offers, whatever its format: shape, profile and typed columns. */
import type { ColumnKind } from '../table/column.ts';
import type { Table } from '../table/table.ts';
import type { JsonScalar } from './contract.ts';
import type { ColumnProfile } from './profile.ts';

/** How the file itself holds a column. Every CSV column is text: its kind is decided by the contract. */
export type StoredKind = 'text' | 'number' | 'boolean' | 'time';

export interface SourceColumn {
  readonly name: string;
  readonly stored: StoredKind;
}

/** A column to read and what to read it as. */
export interface ReadColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  /** The levels a contract names: they only say how a level is written (`1` and `1.0` are the number 1). */
  readonly levels?: readonly JsonScalar[];
  /** How the file writes a time column, beside ISO. */
  readonly dateFormat?: string;
}

/** A value that is there but cannot be read as its kind; the cell is missing in the table. */
export interface UnreadableCell {
  readonly column: string;
  /** 0-based, in the order of the file. */
  readonly row: number;
}

export interface ReadResult {
  readonly table: Table;
  /** In the order of the columns read, then of the rows. */
  readonly unreadable: readonly UnreadableCell[];
}

/** Some rows of a source that follow each other. */
export interface ReadChunk extends ReadResult {
  /** Where the first row stands in the source, from 0; `unreadable` counts rows from there. */
  readonly from: number;
}

export interface Source {
  /** As it was given. */
  readonly path: string;
  readonly format: 'csv' | 'json' | 'excel' | 'parquet';
  /** How the text was decoded; null for a format that says so itself. */
  readonly encoding: 'utf-8' | 'utf-16' | 'windows-1252' | null;
  readonly columns: readonly SourceColumn[];
  readonly rowCount: number;
  /** What a person should know about how the file was read, a sentence each: which of several sheets, say. */
  readonly notes: readonly string[];
  /** SHA-256 of the file's bytes, hex: the same table as CSV and as Parquet has two hashes. */
  readonly hash: string;
  profile(): Promise<readonly ColumnProfile[]>;
  /**
   * The columns asked for, in that order, rows in the order of the file. Number, category, boolean and time
   * columns lie in shared memory. Levels of a category are the distinct texts of the file, sorted by code unit.
   */
  read(columns: readonly ReadColumn[]): Promise<ReadResult>;
  /**
   * The same cells in pieces of `rows` rows (the last one less), in the order of the file. Memory does not grow with the
   * file, but of event logs and what a format keeps. Levels are those that a contract names and those of the piece: they
   * differ from piece to piece. `read` and `profile` may be called in between.
   */
  chunks(columns: readonly ReadColumn[], rows: number): AsyncIterable<ReadChunk>;
  /** Frees the engine and deletes temporary copies. */
  close(): Promise<void>;
}
