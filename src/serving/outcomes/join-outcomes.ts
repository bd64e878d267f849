/**
 * Which outcome a prediction has: the ground truth beside what was said.
 *
 * A prediction looks ahead from its moment for the horizon of its model. Its outcome is, in this order:
 * 1. what was said of this very prediction (`requestId`);
 * 2. churned, when its customer left within the horizon: the first time;
 * 3. stayed, when its customer was seen at the end of the horizon or later: still there, or leaving only then.
 * Before the horizon is over nobody is known to have stayed, though some are known to have left: until then an outcome is
 * not mature, and measures that use it would count too many who left.
 */
import { sql } from 'kysely';
import type { Database } from '../../store/database/database.ts';
import { type OutcomeTable, withOutcomes } from './tables.ts';

export interface Outcome {
  readonly churned: boolean;
  /** Epoch milliseconds. */
  readonly happenedAt: number;
  readonly knownAt: number;
}

/** What is asked about: a row of the log. */
export interface AskedPrediction {
  readonly seq: number;
  readonly modelId: string;
}

/** Predictions of one statement: SQLite and PostgreSQL take far more values. */
const mostAtOnce = 1000;

/**
 * The outcomes of predictions by their `seq`; who has none is not among them. `horizons`: milliseconds by model. A few
 * walks down an index for each: O(predictions x log(outcomes)).
 */
export async function joinOutcomes(
  { db }: Pick<Database, 'db'>,
  predictions: readonly AskedPrediction[],
  horizons: ReadonlyMap<string, number>,
): Promise<ReadonlyMap<number, Outcome>> {
  const places: Place[] = [];
  const byHorizon = Map.groupBy(predictions, ({ modelId }) => horizons.get(modelId)!);
  for (const [horizonMs, ofHorizon] of byHorizon) {
    for (let from = 0; from < ofHorizon.length; from += mostAtOnce) {
      const seqs = ofHorizon.slice(from, from + mostAtOnce).map(({ seq }) => seq);
      places.push(...(await placesOf(db, seqs, horizonMs)));
    }
  }
  const rows = await outcomesAt(
    db,
    places.flatMap((one) => placeOf(one) ?? []),
  );
  const found = new Map<number, Outcome>();
  for (const place of places) {
    const row = rows.get(placeOf(place) ?? -1);
    if (!row) continue;
    const isChurned = place.direct === null ? place.churn !== null : row.churned === 1;
    found.set(place.seq, { churned: isChurned, happenedAt: row.happened_at, knownAt: row.known_at });
  }
  return found;
}

/** Of a prediction, the `seq` of the outcome that each of the three rules finds. */
interface Place {
  readonly seq: number;
  readonly direct: number | null;
  readonly churn: number | null;
  readonly stay: number | null;
}

const placeOf = ({ direct, churn, stay }: Place): number | null => direct ?? churn ?? stay;

/**
 * Each rule is a subquery with one answer, which PostgreSQL looks up row by row however little it knows of the tables;
 * as joins, even of these few rows, it went through whole tables of which it had no statistics yet.
 */
async function placesOf(
  db: Database['db'],
  seqs: readonly number[],
  horizonMs: number,
): Promise<readonly Place[]> {
  const end = sql`p.at + cast(${horizonMs} as bigint)`;
  const ofCustomer = sql`select o.seq from outcome o where o.customer_id = p.customer_id and o.request_id is null`;
  // The newest of a customer and moment is valid.
  const newest = sql`(select max(n.seq) from outcome n where n.customer_id = o.customer_id
    and n.happened_at = o.happened_at and n.request_id is null)`;
  const { rows } = await sql<Place>`
    select p.seq,
      (select max(d.seq) from outcome d where d.request_id = p.request_id and d.row_index = p.row_index) as direct,
      (${ofCustomer} and o.happened_at >= p.at and o.happened_at < ${end} and o.churned = 1 and o.seq = ${newest}
        order by o.happened_at limit 1) as churn,
      (${ofCustomer} and o.happened_at >= ${end} order by o.happened_at, o.seq desc limit 1) as stay
    from prediction p where p.seq in (${sql.join(seqs)})`.execute(withOutcomes(db));
  return rows;
}

async function outcomesAt(
  db: Database['db'],
  seqs: readonly number[],
): Promise<ReadonlyMap<number, Pick<OutcomeTable, 'churned' | 'happened_at' | 'known_at'>>> {
  const distinct = [...new Set(seqs)];
  const found = new Map<number, Pick<OutcomeTable, 'churned' | 'happened_at' | 'known_at'>>();
  for (let from = 0; from < distinct.length; from += mostAtOnce) {
    const rows = await withOutcomes(db)
      .selectFrom('outcome')
      .select(['seq', 'churned', 'happened_at', 'known_at'])
      .where('seq', 'in', distinct.slice(from, from + mostAtOnce))
      .execute();
    for (const { seq, ...row } of rows) found.set(seq, row);
  }
  return found;
}
