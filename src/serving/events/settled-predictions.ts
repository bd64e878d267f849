/**
 * Up to which row the prediction log is complete.
 *
 * In SQLite one writes at a time, so that is the newest row. In PostgreSQL a row with a smaller number may become
 * visible after one with a larger number, and who had read on would never see it. So a mark is set: the newest number
 * that is visible, and a transaction number taken after looking. Whoever holds a smaller number had begun before the
 * mark, since writers take their transaction number before the first row number; when every transaction before the
 * mark's has ended, nothing can appear at or below the mark. The oldest transaction of a snapshot alone would not do:
 * a snapshot knows nothing of transactions that are younger than the last one that ended, and they may hold smaller
 * row numbers.
 */
import { sql } from 'kysely';
import type { Database } from '../../store/database/database.ts';
import { withPredictions } from '../log/tables.ts';

interface Mark {
  readonly top: number;
  readonly transaction: bigint;
}

/** How long the first answer may take when somebody writes without a pause; then the first mark must do. */
const firstWithinMs = 2000;
/** While one transaction goes on and on, marks wait for it; more of them would say nothing new. */
const mostMarks = 20;

/** Null while it is not known: then ask again. */
export function settledPredictions(database: Database): () => Promise<number | null> {
  const newest = async (): Promise<number> => {
    const { top } = await withPredictions(database.db)
      .selectFrom('prediction')
      .select((one) => one.fn.max('seq').as('top'))
      .executeTakeFirstOrThrow();
    return top ?? 0;
  };
  if (database.engine === 'sqlite') return newest;

  let settled: number | null = null;
  let marks: readonly Mark[] = [];
  let first: { readonly top: number; readonly untilMs: number } | null = null;
  return async () => {
    if (marks.length === 0 && settled !== null && (await newest()) === settled) return settled;
    if (marks.length < mostMarks) marks = [...marks, await setMark(database)];
    first ??= { top: marks[0]!.top, untilMs: performance.now() + firstWithinMs };
    const oldest = await oldestRunning(database);
    const passed = marks.filter(({ transaction }) => transaction <= oldest);
    marks = marks.slice(passed.length);
    settled = passed.at(-1)?.top ?? settled;
    if (settled === null && performance.now() > first.untilMs) settled = first.top;
    return settled;
  };
}

async function setMark({ db }: Pick<Database, 'db'>): Promise<Mark> {
  // The snapshot of a statement is taken before the statement takes its transaction number.
  const { rows } = await sql<{ top: number; transaction: string }>`
    select (select coalesce(max(seq), 0) from prediction) as top, pg_current_xact_id()::text as transaction`.execute(
    db,
  );
  return { top: rows[0]!.top, transaction: BigInt(rows[0]!.transaction) };
}

async function oldestRunning({ db }: Pick<Database, 'db'>): Promise<bigint> {
  const { rows } = await sql<{ oldest: string }>`
    select pg_snapshot_xmin(pg_current_snapshot())::text as oldest`.execute(db);
  return BigInt(rows[0]!.oldest);
}
