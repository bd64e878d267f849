/** Rows of the prediction log with the values that they were scored by. */
import type { Random } from '../../base/random.ts';
import type { Database } from '../../store/database/database.ts';
import { withPredictions } from './tables.ts';

export interface LoggedRow {
  readonly requestId: string;
  readonly index: number;
  readonly at: number;
  readonly source: string;
  readonly slot: string;
  readonly modelId: string;
  readonly modelLabel: string;
  readonly score: number | null;
  /** JSON of the kept values; null where there are none. */
  readonly input: string | null;
}

/** All rows of a request, or of one customer in it: a shadow's beside the answer. In the order of the request. */
export async function findRequest(
  { db }: Pick<Database, 'db'>,
  requestId: string,
  index?: number,
): Promise<readonly LoggedRow[]> {
  const query = withValues(db).where('prediction.request_id', '=', requestId);
  const rows = index === undefined ? query : query.where('prediction.row_index', '=', index);
  return (await rows.orderBy('prediction.row_index').orderBy('prediction.seq').execute()).map(rowOf);
}

/**
 * Rows drawn from the whole log, each at most once; all of it where it is shorter. Places are drawn among the numbers
 * given out, so a long log costs no more than a short one: O(count x log).
 */
export async function sampleLog(
  { db }: Pick<Database, 'db'>,
  count: number,
  random: Random,
): Promise<readonly LoggedRow[]> {
  const { first, last } = await withPredictions(db)
    .selectFrom('prediction')
    .select((one) => [one.fn.min('seq').as('first'), one.fn.max('seq').as('last')])
    .executeTakeFirstOrThrow();
  if (first === null || last === null) return [];
  const span = last - first + 1;
  if (span <= 2 * count) {
    const all = await withValues(db).orderBy('prediction.seq').limit(span).execute();
    return inOrder(random.shuffle(all).slice(0, count));
  }
  const found = new Map<number, Found>();
  // A number may have gone to no row, so more are drawn than wanted.
  for (let tries = 0; found.size < count && tries < 20 * count; tries++) {
    const row = await withValues(db)
      .where('prediction.seq', '>=', first + Math.floor(random.uniform() * span))
      .orderBy('prediction.seq')
      .limit(1)
      .executeTakeFirst();
    if (row) found.set(row.seq, row);
  }
  return inOrder([...found.values()]);
}

const inOrder = (rows: readonly Found[]): readonly LoggedRow[] =>
  [...rows].sort((a, b) => a.seq - b.seq).map(rowOf);

const withValues = (db: Database['db']) =>
  withPredictions(db)
    .selectFrom('prediction')
    .leftJoin('prediction_values', (join) =>
      join
        .onRef('prediction_values.request_id', '=', 'prediction.request_id')
        .onRef('prediction_values.row_index', '=', 'prediction.row_index'),
    )
    .select([
      'prediction.seq',
      'prediction.request_id',
      'prediction.row_index',
      'prediction.at',
      'prediction.source',
      'prediction.slot',
      'prediction.model_id',
      'prediction.model_label',
      'prediction.score',
      'prediction_values.input',
    ]);

type Found = Awaited<ReturnType<ReturnType<typeof withValues>['execute']>>[number];

const rowOf = (row: Found): LoggedRow => ({
  requestId: row.request_id,
  index: row.row_index,
  at: row.at,
  source: row.source,
  slot: row.slot,
  modelId: row.model_id,
  modelLabel: row.model_label,
  score: row.score,
  input: row.input,
});
