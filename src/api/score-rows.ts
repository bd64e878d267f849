/** Customers of one request, answered by the model that each of them has: champion or canary. */
import type { RawCustomer, UnknownFields } from '../serving/customer-reader.ts';
import type { Place } from '../serving/deployments/live-deployment.ts';
import type { Answer, LiveModel } from '../serving/live-model.ts';
import { checkCustomers, type Locate, placeOf } from './answer.ts';
import type { ApiContext, RouteCall } from './route.ts';

/** The customers of one place. */
export interface RowGroup extends Place {
  /** Their places among the customers of the request. */
  readonly rows: readonly number[];
  readonly customers: readonly RawCustomer[];
}

export interface ScoredRow {
  /** What names the customer, where it has such a thing. */
  readonly id: string | null;
  readonly answer: Answer;
  readonly model: LiveModel;
}

/** Throws the problems of all customers of a model. */
export function placeRows(
  context: ApiContext,
  customers: readonly unknown[],
  unknown: UnknownFields,
  locate: Locate,
): readonly RowGroup[] {
  const places = customers.map((customer) => placeOf(context, customer));
  return [...Map.groupBy(customers.keys(), (row) => places[row]!.model).values()].map((rows) => {
    const of: readonly unknown[] = rows.map((row) => customers[row]);
    const place = places[rows[0]!]!;
    checkCustomers(place.model, of, unknown, (i, problem) => locate(rows[i]!, problem));
    return { ...place, rows, customers: of };
  });
}

/** In the order of the request, when all are in the log. `indices`: of the rows in the log; their order by default. */
export async function answerRows(
  { requestId, keyId, arrivedMs }: Pick<RouteCall, 'requestId' | 'keyId' | 'arrivedMs'>,
  { predictions }: { readonly predictions: Pick<ApiContext['predictions'], 'predict'> },
  groups: readonly RowGroup[],
  indices?: readonly number[],
): Promise<readonly ScoredRow[]> {
  const scored: ScoredRow[] = [];
  await Promise.all(
    groups.map(async ({ model, slot, rows, customers }) => {
      const rowIndices = indices ? rows.map((row) => indices[row]!) : rows;
      const answers = await predictions.predict({
        ...{ requestId, keyId, arrivedMs, model, slot, customers, rowIndices },
      });
      for (const [i, row] of rows.entries())
        scored[row] = { id: model.reader.idOf(customers[i]!), answer: answers[i]!, model };
    }),
  );
  return scored;
}
