/**
 * Writes down what became of customers: all or nothing. What is said a second time in the same words is not written
 * again, so that the moment from which it was known stays the first.
 */
import { createHmac } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { ParamError } from '../../base/errors.ts';
import type { Database } from '../../store/database/database.ts';
import type { FieldProblem } from '../customer-reader.ts';
import type { Horizons } from './horizons.ts';
import type { SentOutcome } from './read-outcome.ts';
import { withinOutcomes, withOutcomes } from './tables.ts';

export interface RecordingOptions {
  readonly source: 'api' | 'file';
  readonly keyId: string | null;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly horizons: Horizons;
  /** Of a request with an `Idempotency-Key`. */
  readonly once?: { readonly requestId: string; readonly key: string; readonly body: string };
}

/** What was taken. */
export interface OutcomeCounts {
  readonly accepted: number;
  /** Outcomes that are the truth about a prediction in the log. */
  readonly matched: number;
  /** Outcomes that no prediction in the log waited for. */
  readonly waiting: number;
  /** Of the accepted, those that were known already. */
  readonly unchanged: number;
}

export interface Recorded {
  readonly counts: OutcomeCounts;
  /** The request was taken before; this is what it was told then. */
  readonly isReplayed: boolean;
  /** Rows written: who left, who stayed. */
  readonly written: { readonly churned: number; readonly stayed: number };
}

/** A field of one of the outcomes. */
export interface OutcomeProblem extends FieldProblem {
  readonly at: number;
}

const nothing = { churned: 0, stayed: 0 };

/** What was taken, or what is wrong with some, and then nothing was. Throws `request.key-reused`. */
export async function recordOutcomes(
  database: Database,
  sent: readonly SentOutcome[],
  options: RecordingOptions,
): Promise<Recorded | readonly OutcomeProblem[]> {
  const { source, keyId, now, horizons, once } = options;
  const proof = once === undefined ? '' : createHmac('sha256', once.key).update(once.body).digest('hex');
  const earlier = once && (await answeredBefore(withOutcomes(database.db), once.requestId, proof));
  if (earlier) return { counts: earlier, isReplayed: true, written: nothing };
  const { outcomes, problems } = await withCustomers(database, sent);
  if (problems.length > 0) return problems;
  const matched = await countMatched(database, outcomes, horizons);
  const total = { accepted: sent.length, matched, waiting: sent.length - matched };
  return database.transaction(async (within): Promise<Recorded> => {
    const db = withinOutcomes(within);
    if (once) {
      // First: with PostgreSQL two at the same moment meet here, and the second is repeated.
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('outcome_request')
        .values({ request_id: once.requestId, at: now, proof, answer: '' })
        .onConflict((conflict) => conflict.column('request_id').doNothing())
        .executeTakeFirstOrThrow();
      if (Number(numInsertedOrUpdatedRows) === 0) {
        const counts = (await answeredBefore(db, once.requestId, proof))!;
        return { counts, isReplayed: true, written: nothing };
      }
    }
    const fresh = await unknownOf(db, outcomes);
    for (let from = 0; from < fresh.length; from += rowsAStatement) {
      await db
        .insertInto('outcome')
        .values(
          fresh.slice(from, from + rowsAStatement).map((one) => ({
            customer_id: one.customerId,
            request_id: one.requestId,
            row_index: one.index,
            churned: one.churned ? 1 : 0,
            happened_at: one.happenedAt,
            known_at: one.knownAt,
            source,
            key_id: keyId,
          })),
        )
        .execute();
    }
    const counts = { ...total, unchanged: outcomes.length - fresh.length };
    if (once) {
      await db
        .updateTable('outcome_request')
        .set({ answer: JSON.stringify(counts) })
        .where('request_id', '=', once.requestId)
        .execute();
    }
    const churned = fresh.filter((one) => one.churned).length;
    return { counts, isReplayed: false, written: { churned, stayed: fresh.length - churned } };
  });
}

type OutcomeDb = ReturnType<typeof withOutcomes>;

const rowsAStatement = 500;

async function answeredBefore(
  db: OutcomeDb,
  requestId: string,
  proof: string,
): Promise<OutcomeCounts | null> {
  const row = await db
    .selectFrom('outcome_request')
    .select(['proof', 'answer'])
    .where('request_id', '=', requestId)
    .executeTakeFirst();
  if (!row) return null;
  if (row.proof === proof) return JSON.parse(row.answer) as OutcomeCounts;
  throw new ParamError(
    'request.key-reused',
    'the Idempotency-Key was used for other outcomes before; send a new key with each new request',
  );
}

/** Outcomes of predictions with the customer and place that the log has of them. */
async function withCustomers(
  { db }: Pick<Database, 'db'>,
  sent: readonly SentOutcome[],
): Promise<{ readonly outcomes: readonly SentOutcome[]; readonly problems: readonly OutcomeProblem[] }> {
  const ids = [...new Set(sent.flatMap(({ requestId }) => requestId ?? []))];
  const logged = new Map<string, Map<number, { readonly at: number; readonly customerId: string | null }>>();
  for (let from = 0; from < ids.length; from += rowsAStatement) {
    const rows = await withOutcomes(db)
      .selectFrom('prediction')
      .select(['request_id', 'row_index', 'at', 'customer_id'])
      .where('request_id', 'in', ids.slice(from, from + rowsAStatement))
      .where('slot', '<>', 'shadow')
      .execute();
    for (const row of rows) {
      const places = logged.get(row.request_id) ?? new Map();
      logged.set(row.request_id, places.set(row.row_index, { at: row.at, customerId: row.customer_id }));
    }
  }
  const problems: OutcomeProblem[] = [];
  const outcomes = sent.map((one, at): SentOutcome => {
    if (one.requestId === null) return one;
    const refuse = (field: string, message: string): SentOutcome => {
      problems.push({ at, path: `/${field}`, message });
      return one;
    };
    const places = logged.get(one.requestId);
    if (!places) return refuse('requestId', 'names no prediction in the log');
    if (one.index === null && places.size > 1)
      return refuse('index', `must say which of the ${places.size} customers of the request is meant`);
    const index = one.index ?? [...places.keys()][0]!;
    const place = places.get(index);
    if (!place) return refuse('index', `must be that of a customer of the request, which has ${places.size}`);
    if (one.happenedAt < place.at)
      return refuse('happenedAt', 'must not lie before the prediction that is named');
    return { ...one, index, customerId: place.customerId };
  });
  return { outcomes, problems };
}

/** Customers asked about together: few, as each may have been scored every night for years. */
const customersAStatement = 50;

/** How many of the outcomes are the truth about a prediction in the log. */
async function countMatched(
  { db }: Pick<Database, 'db'>,
  outcomes: readonly SentOutcome[],
  horizons: Horizons,
): Promise<number> {
  const byCustomer = Map.groupBy(
    outcomes.filter(({ requestId }) => requestId === null),
    ({ customerId }) => customerId!,
  );
  const customers = [...byCustomer.keys()];
  let matched = outcomes.length - [...byCustomer.values()].flat().length;
  for (let from = 0; from < customers.length; from += customersAStatement) {
    const rows = await withOutcomes(db)
      .selectFrom('prediction')
      .select(['customer_id', 'model_id'])
      .select((one) => one.fn.min('at').as('first'))
      .where('customer_id', 'in', customers.slice(from, from + customersAStatement))
      .groupBy(['customer_id', 'model_id'])
      .execute();
    const reach = await horizons(rows.map((row) => row.model_id));
    const firstOf = Map.groupBy(rows, (row) => row.customer_id!);
    for (const [customer, firsts] of firstOf) {
      for (const { churned, happenedAt } of byCustomer.get(customer)!) {
        // Who left after the horizon had not left within it.
        const fits = firsts.some((row) => row.first + (churned ? 0 : reach.get(row.model_id)!) <= happenedAt);
        if (fits) matched++;
      }
    }
    // Between two statements others are answered.
    await nextTurn();
  }
  return matched;
}

/** Those that say something else than what is valid now, in their order; within one request too. */
async function unknownOf(db: OutcomeDb, outcomes: readonly SentOutcome[]): Promise<readonly SentOutcome[]> {
  const valid = new Map<string, string>();
  for (let from = 0; from < outcomes.length; from += rowsAStatement) {
    const part = outcomes.slice(from, from + rowsAStatement);
    for (const row of [...(await ofCustomers(db, part)), ...(await ofPredictions(db, part))])
      valid.set(
        nameOf(row.customer_id, row.request_id, row.row_index, row.happened_at),
        `${row.churned} ${row.happened_at}`,
      );
  }
  return outcomes.filter((one) => {
    const name = nameOf(one.customerId, one.requestId, one.index, one.happenedAt);
    const said = `${one.churned ? 1 : 0} ${one.happenedAt}`;
    const isKnown = valid.get(name) === said;
    valid.set(name, said);
    return !isKnown;
  });
}

/** Of a prediction only the newest is valid, whenever it happened; so its moment is no part of the name. */
const nameOf = (
  customerId: string | null,
  requestId: string | null,
  index: number | null,
  happenedAt: number,
): string => JSON.stringify(requestId === null ? [customerId, happenedAt] : [requestId, index]);

const selectRows = (db: OutcomeDb) =>
  db
    .selectFrom('outcome')
    .select(['seq', 'customer_id', 'request_id', 'row_index', 'happened_at', 'churned']);
type Row = Awaited<ReturnType<ReturnType<typeof selectRows>['execute']>>[number];

/** Sorted and chosen here: what else a query asks for would keep SQLite from the index that fits. */
async function ofCustomers(db: OutcomeDb, part: readonly SentOutcome[]): Promise<readonly Row[]> {
  const named = part.filter(({ requestId }) => requestId === null);
  if (named.length === 0) return [];
  const rows = await selectRows(db)
    .where('customer_id', 'in', distinct(named.map(({ customerId }) => customerId!)))
    .where('happened_at', 'in', distinct(named.map(({ happenedAt }) => happenedAt)))
    .execute();
  return rows.filter((row) => row.request_id === null).sort(bySeq);
}

async function ofPredictions(db: OutcomeDb, part: readonly SentOutcome[]): Promise<readonly Row[]> {
  const ids = distinct(part.flatMap(({ requestId }) => requestId ?? []));
  return ids.length === 0 ? [] : (await selectRows(db).where('request_id', 'in', ids).execute()).sort(bySeq);
}

const bySeq = (a: Row, b: Row): number => a.seq - b.seq;

const distinct = <Value>(values: readonly Value[]): Value[] => [...new Set(values)];
