/**
 * What happens, as those who listen hear of it. Events are not written down by themselves: each is read from a table
 * that is written anyway, so none can be lost or told that did not happen.
 */
import type { Database } from '../../store/database/database.ts';

/** One entry of a source. */
export interface SourceEvent {
  readonly type: string;
  /** Its place in the source, ascending. */
  readonly position: number;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Names, labels and ids of the models that it is about. */
  readonly models: readonly string[];
  /** No customer's values. */
  readonly data: { readonly [name: string]: unknown };
}

export interface SourcePage {
  /** In the order of their positions. */
  readonly events: readonly SourceEvent[];
  /** Up to here the source was read, events or none. */
  readonly position: number;
}

export interface EventReader {
  /** The position at or below which nothing new will ever appear; null while that is not known yet. */
  settled(): Promise<number | null>;
  /** Some of the events after one position up to another that is settled. */
  read(after: number, upTo: number): Promise<SourcePage>;
}

/** A table from which events are read; its file is named like its id. */
export interface EventSource {
  readonly id: string;
  /** A letter that names it in the id of an event. */
  readonly mark: string;
  readonly types: readonly { readonly type: string; readonly about: string }[];
  open(database: Database): EventReader;
}

export const defineEventSource = (source: EventSource): EventSource => Object.freeze(source);
