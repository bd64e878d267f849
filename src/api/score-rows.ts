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
  const places = customers.map((customer) => placeOf(context, customer, unknown));
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
  { predictions }: { readonly predictions: Pick<ApiContext['predictions'], 'predictParts'> },
  groups: readonly RowGroup[],
  indices?: readonly number[],
): Promise<readonly ScoredRow[]> {
  const { answers } = await predictions.predictParts(
    groups.map(({ model, slot, rows, customers }) => {
      const rowIndices = indices ? rows.map((row) => indices[row]!) : rows;
      return { requestId, keyId, arrivedMs, model, slot, customers, rowIndices };
    }),
  );
  return scoredRows(groups, answers);
}

/** `answers`: by group, in the order of its customers. */
export function scoredRows(
  groups: readonly RowGroup[],
  answers: readonly (readonly Answer[])[],
): readonly ScoredRow[] {
  const scored: ScoredRow[] = [];
  for (const [g, { model, rows, customers }] of groups.entries())
    for (const [i, row] of rows.entries())
      scored[row] = { id: model.reader.idOf(customers[i]!), answer: answers[g]![i]!, model };
  return scored;
}
