/**
 * Clears the prediction log, and outcomes, of what is too old, from the beginning on, some hundred rows a transaction. Rows
 * of the log and their scores stay. How far it came is kept, so nothing is looked at twice.
 */
import type { Database } from '../../store/database/database.ts';
import { dayMs } from './periods.ts';
import { type ExpiryDb, withinExpiry } from './tables.ts';

/**
 * `values`: what a prediction was made from, and its hash. `ids`: whom it was about. `outcomes`: those that name a
 * customer, which no prediction can be found for any more once the ids are gone.
 */
export type Expiring = 'values' | 'ids' | 'outcomes';

export interface ExpireRequest {
  readonly what: Expiring;
  /** Rows older than this moment. */
  readonly before: number;
  readonly now: number;
}

const rowsAtOnce = 500;

/** One piece; gives how many rows were cleared, and 0 when nothing is old enough. */
export const expirePiece = (database: Database, { what, before, now }: ExpireRequest): Promise<number> =>
  database.transaction(async (transaction) => {
    const db = withinExpiry(transaction);
    const mark = await db.selectFrom('expiry_mark').select('seq').where('name', '=', what).executeTakeFirst();
    const page = await (what === 'outcomes' ? outcomesAfter : predictionsAfter)(db, mark?.seq ?? 0);
    // Tables are in the order of writing. A row from a clock that ran days ahead must not hold up all behind it.
    const end = page.findIndex(({ at }) => !(at < before || at > now + dayMs));
    const due = end < 0 ? page : page.slice(0, end);
    if (due.length === 0) return 0;
    await clear[what](db, due);
    const { seq } = due.at(-1)!;
    await db
      .insertInto('expiry_mark')
      .values({ name: what, seq })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ seq }))
      .execute();
    return due.length;
  });

interface Aged {
  readonly seq: number;
  readonly at: number;
  /** Of a prediction: its request, and the customer within it. */
  readonly request_id?: string;
  readonly row_index?: number;
}

const predictionsAfter = (db: ExpiryDb, seq: number): Promise<readonly Aged[]> =>
  db
    .selectFrom('prediction')
    .select(['seq', 'at', 'request_id', 'row_index'])
    .where('seq', '>', seq)
    .orderBy('seq')
    .limit(rowsAtOnce)
    .execute();

const outcomesAfter = (db: ExpiryDb, seq: number): Promise<readonly Aged[]> =>
  db
    .selectFrom('outcome')
    .select(['seq', 'known_at as at'])
    .where('seq', '>', seq)
    .orderBy('seq')
    .limit(rowsAtOnce)
    .execute();

const clear: Readonly<Record<Expiring, (db: ExpiryDb, due: readonly Aged[]) => Promise<unknown>>> = {
  async values(db, due) {
    for (const { from, to, requests } of valueRanges(due))
      await db
        .deleteFrom('prediction_values')
        .where('request_id', 'in', requests)
        .where('row_index', '>=', from)
        .where('row_index', '<=', to)
        .execute();
    await inRange(db.updateTable('prediction').set({ features_hash: null }), due).execute();
  },
  ids: (db, due) => inRange(db.updateTable('prediction').set({ customer_id: null }), due).execute(),
  outcomes: (db, due) =>
    inRange(db.deleteFrom('outcome').where('customer_id', 'is not', null), due).execute(),
};

interface ValueRange {
  readonly from: number;
  readonly to: number;
  readonly requests: string[];
}

/**
 * Which values of which requests belong to these rows: of a scored list of millions, which is one request, those of the page
 * alone. Requests with the same rows, most of them of one customer, stand together.
 */
function valueRanges(due: readonly Aged[]): readonly ValueRange[] {
  const requests = [...Map.groupBy(due, ({ request_id }) => request_id!)].map(([request, rows]) => {
    const places = rows.map(({ row_index }) => row_index!);
    return { request, from: Math.min(...places), to: Math.max(...places) };
  });
  const alike = Map.groupBy(requests, ({ from, to }) => `${from} ${to}`);
  return [...alike.values()].map((some) => ({
    from: some[0]!.from,
    to: some[0]!.to,
    requests: some.map(({ request }) => request),
  }));
}

/** Every number between was looked at: rows follow each other without one that isn't due. */
const inRange = <Query extends { where(column: 'seq', operator: '>=' | '<=', value: number): Query }>(
  query: Query,
  due: readonly Aged[],
): Query => query.where('seq', '>=', due[0]!.seq).where('seq', '<=', due.at(-1)!.seq);
