/**
 * Answers requests: customers are scored together with those of other requests that arrive at the same time,
 * their predictions are written in one transaction, and only then is anybody answered.
 *
 * With `durability: 'fast'` the answer comes before the disk has it; what a crash may lose is at most what
 * arrived within `fastWithinMs`.
 */
import type { Clock } from '../base/clock.ts';
import { UnavailableError } from '../base/errors.ts';
import type { RawCustomer } from './customer-reader.ts';
import type { SlotWatch } from './deployments/watch-slots.ts';
import { gather } from './gather.ts';
import type { Answer, LiveModel } from './live-model.ts';
import type { LogEntry, LogWriter } from './log/log-writer.ts';

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
}

export interface PredictionServiceOptions {
  readonly clock: Clock;
  readonly log: LogWriter;
  readonly durability: 'full' | 'fast';
  /** How long the first request of a piece waits for others. */
  readonly gatherMs?: number;
  /** Customers inside at which new requests are refused. */
  readonly mostWaiting?: number;
  /** Told of each answered request and each that failed. */
  readonly watch?: Pick<SlotWatch, 'answered' | 'failed'>;
  /** The model that scores along unheard; asked anew for each piece. */
  readonly shadow?: () => LiveModel | null;
}

export interface PredictionService {
  /** Answers in the order of the customers; rejects with a coded error, and then nothing is in the log. */
  predict(request: PredictionRequest): Promise<readonly Answer[]>;
  /** Customers inside. */
  readonly waiting: number;
  /** Takes nothing new and ends when all that was taken is answered and written. */
  stop(): Promise<void>;
}

const fastWithinMs = 50;
const mostInPiece = 2000;

export function predictionService(options: PredictionServiceOptions): PredictionService {
  const { clock, log, durability, gatherMs = 2, mostWaiting = 50_000, watch, shadow = () => null } = options;
  const isFast = durability === 'fast';
  let isStopping = false;

  const scored = (requests: readonly PredictionRequest[]) => {
    const answers = answerTogether(requests);
    const at = clock.now();
    return { answers, entries: requests.flatMap((request, i) => entriesOf(request, answers[i]!, at)) };
  };

  const later = gather<readonly LogEntry[], null>(
    async (batches) => {
      await log.write(batches.flat());
      return batches.map(() => null);
    },
    { waitMs: fastWithinMs / 2, mostInPiece, mostWaiting, weigh: (entries) => entries.length },
  );

  /** Of the shadow: when it can't keep up, what waits longest is not scored rather than anything else. */
  const shadowed = gather<readonly PredictionRequest[], null>(
    async (pieces) => {
      await log.write(scored(pieces.flat()).entries);
      return pieces.map(() => null);
    },
    { waitMs: 0, mostInPiece, mostWaiting: 2 * mostInPiece, weigh: customersIn },
  );

  const scoring = gather<PredictionRequest, readonly Answer[]>(
    async (requests) => {
      const { answers, entries } = scored(requests);
      if (!isFast) await log.write(entries);
      // Past its bound the queue refuses, and so does the answer: it never grows without limit.
      else if (later.waiting + entries.length > mostWaiting) await later.add(entries);
      else later.add(entries).catch(() => {});
      const unheard = shadow();
      if (unheard)
        shadowed
          .add(requests.map((request) => ({ ...request, model: unheard, slot: 'shadow' })))
          .catch(() => {});
      return answers;
    },
    { waitMs: gatherMs, mostInPiece, mostWaiting, weigh: ({ customers }) => customers.length },
  );

  return {
    predict(request) {
      if (isStopping) {
        return Promise.reject(
          new UnavailableError('serving.stopping', 'serving: the server is stopping; try again', {}),
        );
      }
      return watch ? watched(scoring.add(request), request, watch) : scoring.add(request);
    },
    get waiting() {
      return scoring.waiting + later.waiting;
    },
    async stop() {
      isStopping = true;
      await scoring.drain();
      await shadowed.drain();
      await later.drain();
    },
  };
}

const customersIn = (requests: readonly PredictionRequest[]): number =>
  requests.reduce((sum, { customers }) => sum + customers.length, 0);

async function watched(
  answering: Promise<readonly Answer[]>,
  { model, arrivedMs }: PredictionRequest,
  watch: Pick<SlotWatch, 'answered' | 'failed'>,
): Promise<readonly Answer[]> {
  try {
    const answers = await answering;
    const latencyMs = performance.now() - arrivedMs;
    for (const { churnProbability } of answers) watch.answered(model.id, latencyMs, churnProbability);
    return answers;
  } catch (error) {
    watch.failed(model.id);
    throw error;
  }
}

/** One call a model for all of its requests. */
function answerTogether(requests: readonly PredictionRequest[]): readonly (readonly Answer[])[] {
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
  const { requestId, customers, rowIndices, model, slot, keyId, arrivedMs } = request;
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
    };
  });
}
