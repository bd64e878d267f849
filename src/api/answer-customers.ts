/**
 * Answers the customers of one request, and of one that is sent again: with an `Idempotency-Key` the request id is made
 * of the key, and what the log has under it is the answer.
 *
 * The answer is that of the model which gave it, whichever answers now. It is given only to who sends the same values:
 * their hashes are in the log.
 */
import { ConflictError, ParamError } from '../base/errors.ts';
import type { RawCustomer, UnknownFields } from '../serving/customer-reader.ts';
import type { LiveModel } from '../serving/live-model.ts';
import { type LoggedAnswer, readFirstAnswer } from '../serving/log/first-answer.ts';
import { onceId } from '../serving/once-id.ts';
import type { Locate } from './answer.ts';
import { idempotencyKeyOf, tellReplayed } from './idempotency-key.ts';
import type { ApiContext, RouteCall } from './route.ts';
import { answerRows, placeRows, type RowGroup, type ScoredRow, scoredRows } from './score-rows.ts';

export interface AskedCustomers {
  readonly customers: readonly unknown[];
  readonly unknown: UnknownFields;
  readonly locate: Locate;
  /** What may still refuse the request, before anything is scored. */
  readonly beforeScoring?: (groups: readonly RowGroup[]) => void;
}

export interface AnsweredCustomers {
  /** Names the predictions in the log. */
  readonly requestId: string;
  /** By the model that answered. */
  readonly groups: readonly RowGroup[];
  /** In the order of the request. */
  readonly rows: readonly ScoredRow[];
}

export async function answerCustomers(
  call: RouteCall,
  context: ApiContext,
  { customers, unknown, locate, beforeScoring }: AskedCustomers,
): Promise<AnsweredCustomers> {
  const key = idempotencyKeyOf(call.request);
  if (key === null) {
    const groups = placeRows(context, customers, unknown, locate);
    beforeScoring?.(groups);
    return { requestId: call.requestId, groups, rows: await answerRows(call, context, groups) };
  }
  const { keyId, arrivedMs } = call;
  const requestId = onceId('predict', keyId, key);
  // Before the customers are held against the model that answers now: another may have taken them.
  const earlier = await replay(call, context, requestId, customers);
  if (earlier) return earlier;
  const groups = placeRows(context, customers, unknown, locate);
  beforeScoring?.(groups);
  const { answers, isRepeated } = await context.predictions.predictParts(
    groups.map(({ model, slot, rows, customers }) => ({
      ...{ requestId, keyId, arrivedMs, model, slot, customers, rowIndices: rows, once: true },
    })),
  );
  if (!isRepeated) return { requestId, groups, rows: scoredRows(groups, answers) };
  const other = await replay(call, context, requestId, customers);
  if (other) return other;
  throw notRepeatable();
}

/** The answer in the log; null where there is none. */
async function replay(
  call: RouteCall,
  context: ApiContext,
  requestId: string,
  customers: readonly unknown[],
): Promise<AnsweredCustomers | null> {
  const logged = await readFirstAnswer(context.database, requestId);
  if (logged.length === 0) return null;
  // Its values can't be compared any more, and an erased customer's answer is nobody's to give.
  if (logged.some(({ featuresHash }) => featuresHash === null)) throw notRepeatable();
  if (logged.length !== customers.length || !customers.every(isObject)) throw keyReused();
  const models = new Map<string, LiveModel>();
  for (const modelId of new Set(logged.map((one) => one.modelId))) {
    const model = await context.earlierModel(modelId);
    if (!model) throw notRepeatable();
    models.set(modelId, model);
  }
  const isSame = ({ index, modelId, customerId, featuresHash }: LoggedAnswer, row: number): boolean => {
    const { reader, values } = models.get(modelId)!;
    const customer = customers[row]!;
    return index === row && values.hash(customer) === featuresHash && reader.idOf(customer) === customerId;
  };
  if (!logged.every(isSame)) throw keyReused();
  tellReplayed(call.reply);
  const groups = [...Map.groupBy(logged.keys(), (row) => logged[row]!.modelId)].map(
    ([modelId, rows]): RowGroup => ({
      model: models.get(modelId)!,
      slot: logged[rows[0]!]!.slot,
      rows,
      customers: rows.map((row) => customers[row]!),
    }),
  );
  const answers = groups.map(({ rows }) =>
    rows.map((row) => {
      const { score, churn, band, certainty } = logged[row]!;
      return { churnProbability: score, churn, band, certainty, handled: null };
    }),
  );
  return { requestId, groups, rows: scoredRows(groups, answers) };
}

const isObject = (value: unknown): value is RawCustomer =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const keyReused = () =>
  new ParamError(
    'request.key-reused',
    'the Idempotency-Key was used for other customers before; send a new key with each new request',
  );

const notRepeatable = () =>
  new ConflictError(
    'request.not-repeatable',
    'the request was answered before, and its answer cannot be given again: its customer was erased or its model is no more; send it with a new Idempotency-Key',
  );
