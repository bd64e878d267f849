/** What scoring a file is asked for, and whom it tells beside the list. */
import type { Table } from '../table/table.ts';
import type { LoadedModel } from './ports.ts';
import type { Verdict } from './verdict.ts';

export interface ScoreRequest {
  readonly model: LoadedModel;
  readonly input: string;
  readonly output: string;
  /** Reasons a row. */
  readonly reasons: number;
  /** For a model of event logs: the day before which events count, YYYY-MM-DD; by default the log's end. */
  readonly cutoff?: string | undefined;
  /** The list is opened in a spreadsheet: no text of it may run as a formula, an id neither. */
  readonly forPeople?: boolean | undefined;
  /** Has heard every score when the list takes its place. */
  readonly log?: ScoreLog | undefined;
}

/** Where scores are written down. */
export interface ScoreLog {
  /** Resolves when the rows are on the disk, all or none. */
  write(rows: ScoredRows): Promise<void>;
}

/** Some rows of a file, scored. */
export interface ScoredRows {
  /** The place of the first among the scored rows, from 0. */
  readonly from: number;
  readonly customers: Table;
  /** Null where the model has no id column. */
  readonly ids: readonly string[] | null;
  readonly verdicts: readonly Verdict[];
}
