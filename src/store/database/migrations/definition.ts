/** A step from one version of the database to the next. Rooms list theirs; the app joins the lists. */
import type { Kysely } from 'kysely';
import type { Engine } from '../database.ts';

export interface Migration {
  /** `0001-what-it-adds`; the numbers of all rooms are one sequence. Never changed once released. */
  readonly id: string;
  // Kysely's own type for a database of any shape.
  // biome-ignore lint/suspicious/noExplicitAny: a migration meets tables that today's types no longer know
  up(db: Kysely<any>, engine: Engine): Promise<void>;
}
