/**
 * Scores requests that were gathered: one call of a model for all that it answers, and the rows that the log will have of
 * them. Where all together fail, each request is scored alone: what a model can't score must not take others along.
 */
import type { RawCustomer } from './customer-reader.ts';
import type { Answer, LiveModel } from './live-model.ts';
import type { LogEntry } from './log/log-writer.ts';

export interface PredictionRequest {
  readonly requestId: string;
  /** Without problems: the caller has checked them against `model`. */
  readonly customers: readonly RawCustomer[];
  /** Their places in the request, where it is answered by more than one model; 0, 1, 2 ... by default. */
  readonly rowIndices?: readonly number[];
  readonly model: LiveModel;
  readonly slot: string;
  readonly keyId: string | null;
  /** When the request arrived, of `performance.now()`. */
  readonly arrivedMs: number;
  /** Its request id is the same whenever it is sent, and only the first time is answered by scoring. */
  readonly once?: boolean;
}

/** The parts of one request, by the model that answers them. */
export type RequestParts = readonly PredictionRequest[];

/** A request that its model could not score. */
export interface Unscored {
  readonly failure: unknown;
}

export interface ScoredRequests {
  /** Of the requests that could be scored, one behind the other. */
  readonly parts: RequestParts;
  /** By part, in the order of its customers. */
  readonly answers: readonly (readonly Answer[])[];
  readonly entries: readonly LogEntry[];
  /** What a request failed with; one that brought the same key at the same moment failed with it. */
  failureOf(request: RequestParts): Unscored | undefined;
}

/** `at`: the moment of the answers, epoch milliseconds. */
export function scoreRequests(requests: readonly RequestParts[], at: number): ScoredRequests {
  try {
    return { ...scoreParts(requests.flat(), at), failureOf: () => undefined };
  } catch {
    return scoreEach(requests, at);
  }
}

function scoreEach(requests: readonly RequestParts[], at: number): ScoredRequests {
  const failures = new Map<RequestParts, Unscored>();
  const byKey = new Map<string, Unscored>();
  const scored = requests.flatMap((request) => {
    try {
      return [scoreParts(request, at)];
    } catch (failure) {
      failures.set(request, { failure });
      if (request[0]?.once) byKey.set(request[0].requestId, { failure });
      return [];
    }
  });
  return {
    parts: scored.flatMap(({ parts }) => parts),
    answers: scored.flatMap(({ answers }) => answers),
    entries: scored.flatMap(({ entries }) => entries),
    failureOf: (request) =>
      failures.get(request) ?? (request[0]?.once ? byKey.get(request[0].requestId) : undefined),
  };
}

/** Throws what a model throws. */
export function scoreParts(parts: RequestParts, at: number): Omit<ScoredRequests, 'failureOf'> {
  const answers = answerTogether(parts);
  return { parts, answers, entries: parts.flatMap((part, i) => entriesOf(part, answers[i]!, at)) };
}

/** One call a model for all of its requests. */
function answerTogether(requests: RequestParts): readonly (readonly Answer[])[] {
  const answers: (readonly Answer[])[] = new Array(requests.length);
  const models = new Map<LiveModel, number[]>();
  requests.forEach(({ model }, i) => {
    const known = models.get(model);
    if (known) known.push(i);
    else models.set(model, [i]);
  });
  for (const [model, places] of models) {
    const all = model.answer(places.flatMap((i) => requests[i]!.customers));
    let from = 0;
    for (const i of places) {
      const to = from + requests[i]!.customers.length;
      answers[i] = all.slice(from, to);
      from = to;
    }
  }
  return answers;
}

function entriesOf(request: PredictionRequest, answers: readonly Answer[], at: number): LogEntry[] {
  const { requestId, customers, rowIndices, model, slot, keyId, arrivedMs, once = false } = request;
  const latencyUs = Math.round((performance.now() - arrivedMs) * 1000);
  return customers.map((customer, i): LogEntry => {
    const answer = answers[i]!;
    return {
      requestId,
      rowIndex: rowIndices?.[i] ?? i,
      at,
      source: 'api',
      modelId: model.id,
      modelLabel: model.label,
      slot,
      customerId: model.reader.idOf(customer),
      featuresHash: model.values.hash(customer),
      score: answer.churnProbability,
      churn: answer.churn,
      band: answer.band,
      certainty: answer.certainty,
      latencyUs,
      status: 200,
      errorCode: null,
      keyId,
      handled: answer.handled && JSON.stringify(answer.handled),
      // Once a customer: the shadow looks at the same values.
      input: slot === 'shadow' ? null : model.values.kept(customer),
      once,
    };
  });
}
