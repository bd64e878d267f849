/**
 * Answers requests: customers are scored together with those of other requests that arrive at the same time,
 * their predictions are written in one transaction, and only then is anybody answered.
 *
 * With `durability: 'fast'` the answer comes before the disk has it; what a crash may lose is at most what
 * arrived within `fastWithinMs`.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../base/clock.ts';
import { hasCode, UnavailableError } from '../base/errors.ts';
import type { SlotWatch } from './deployments/watch-slots.ts';
import { gather } from './gather.ts';
import type { Answer, LiveModel } from './live-model.ts';
import type { LogEntry, LogWriter } from './log/log-writer.ts';
import { timelyLog } from './log/timely-log.ts';
import { type PredictionRequest, scoreParts, scoreRequests, type Unscored } from './score-requests.ts';

/** What became of the parts of a request. */
export interface Predicted {
  /** By part, in the order of its customers; empty when repeated. */
  readonly answers: readonly (readonly Answer[])[];
  /** The log has an answer to this request already: it holds, nothing was written. */
  readonly isRepeated: boolean;
}

export interface PredictionServiceOptions {
  readonly clock: Clock;
  readonly log: LogWriter;
  readonly durability: 'full' | 'fast';
  /** How long the first request of a piece waits for others at most; when nobody comes, no longer than `quietMs`. */
  readonly gatherMs?: number;
  /** Customers inside at which new requests are refused. */
  readonly mostWaiting?: number;
  /** Told of each answered request and each that failed. */
  readonly watch?: Pick<SlotWatch, 'answered' | 'failed'>;
  /** The model that scores along unheard; asked anew for each piece. */
  readonly shadow?: () => LiveModel | null;
}

export interface PredictionService {
  /**
   * Answers in the order of the customers; rejects with a coded error, and then nothing is in the log, unless the
   * database had written it and could not say so.
   */
  predict(request: PredictionRequest): Promise<readonly Answer[]>;
  /** The same for a request whose customers are answered by several models: all of it is in the log or none. */
  predictParts(parts: readonly PredictionRequest[]): Promise<Predicted>;
  /** Customers inside. */
  readonly waiting: number;
  /** What the last write of the log ended with; null when it succeeded. */
  readonly failure: unknown;
  /** Takes nothing new and ends when all that was taken is answered and written. */
  stop(): Promise<void>;
}

const fastWithinMs = 50;
const tryAgainMs = 500;
const mostInPiece = 2000;
const quietMs = 1.5;

export function predictionService(options: PredictionServiceOptions): PredictionService {
  const { clock, durability, gatherMs = 5, mostWaiting = 50_000, watch, shadow = () => null } = options;
  const log = timelyLog(options.log);
  const isFast = durability === 'fast';
  let isStopping = false;
  /** Errors of the log. */
  const unblamed = new WeakSet<object>();

  /** Of those who were answered before: as long as the log is away it is tried again. */
  const writeAnswered = async (entries: readonly LogEntry[]): Promise<void> => {
    // What failed may have reached the disk all the same.
    const again = entries.map((entry) => ({ ...entry, again: true as const }));
    for (let isFirst = true; ; isFirst = false) {
      try {
        await log.write(isFirst ? entries : again);
        return;
      } catch (error) {
        if (!isStoreAway(error) || isStopping) throw error;
      }
      await pause(tryAgainMs);
    }
  };

  const later = gather<readonly LogEntry[], null>(
    async (batches) => {
      await writeAnswered(batches.flat());
      return batches.map(() => null);
    },
    { waitMs: fastWithinMs / 2, mostInPiece, mostWaiting, weigh: (entries) => entries.length },
  );

  /** Of the shadow: when it can't keep up, what waits longest is not scored rather than anything else. */
  const shadowed = gather<readonly PredictionRequest[], null>(
    async (pieces) => {
      await log.write(scoreParts(pieces.flat(), clock.now()).entries);
      return pieces.map(() => null);
    },
    { waitMs: 0, mostInPiece, mostWaiting: 2 * mostInPiece, weigh: customersIn },
  );

  const scoring = gather<readonly PredictionRequest[], Predicted | Unscored>(
    async (pieces) => {
      const fresh = firstOfEach(pieces);
      const { parts, answers, entries, failureOf } = scoreRequests(
        pieces.filter((piece) => fresh.has(piece)),
        clock.now(),
      );
      const repeated = entries.length > 0 ? await written(entries) : nothingRepeated.repeated;
      const isFresh = ({ once, requestId }: PredictionRequest): boolean => !once || !repeated.has(requestId);
      const heard = parts.filter(isFresh);
      const unheard = shadow();
      if (unheard && heard.length > 0)
        shadowed
          .add(
            parts.filter(isFresh).map((part) => ({ ...part, model: unheard, slot: 'shadow', once: false })),
          )
          .catch(() => {});
      const answerOf = new Map(parts.map((part, i) => [part, answers[i]!]));
      return pieces.map((piece) => {
        const failed = failureOf(piece);
        if (failed) return failed;
        return fresh.has(piece) && piece.every(isFresh)
          ? { answers: piece.map((part) => answerOf.get(part)!), isRepeated: false }
          : { answers: [], isRepeated: true };
      });
    },
    // Who waits behind a log that is away has waited long enough when it is known to be.
    { waitMs: gatherMs, quietMs, mostInPiece, mostWaiting, weigh: customersIn, endsAll: isStoreAway },
  );

  /** No model is to blame for a log that can't be written: it must not be sent back for that. */
  const written = async (entries: readonly LogEntry[]): Promise<ReadonlySet<string>> => {
    try {
      return await write(entries);
    } catch (error) {
      if (error instanceof Error) unblamed.add(error);
      throw error;
    }
  };

  /** The ids that were answered before. Who is to be answered once must wait for the disk to know that. */
  const write = async (entries: readonly LogEntry[]): Promise<ReadonlySet<string>> => {
    // After a failed write nobody is answered before the disk has it, until a write succeeds again.
    const isAhead = isFast && log.failure === null;
    const sure = isAhead ? entries.filter(({ once }) => once) : entries;
    const { repeated } = sure.length > 0 ? await log.write(sure) : nothingRepeated;
    const rest = isAhead ? entries.filter(({ once }) => !once) : [];
    if (rest.length === 0) return repeated;
    // Past its bound the queue refuses, and so does the answer: it never grows without limit.
    if (later.waiting + rest.length > mostWaiting) await later.add(rest);
    else later.add(rest).catch(() => {});
    return repeated;
  };

  const predictParts = (parts: readonly PredictionRequest[]): Promise<Predicted> => {
    if (isStopping) {
      return Promise.reject(
        new UnavailableError('serving.stopping', 'serving: the server is stopping; try again', {}),
      );
    }
    return watch ? watched(scoring.add(parts), parts, watch, unblamed) : scoring.add(parts).then(predictedOf);
  };

  return {
    predictParts,
    predict: async (request) => (await predictParts([request])).answers[0]!,
    get waiting() {
      return scoring.waiting + later.waiting;
    },
    get failure() {
      return log.failure;
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

const isStoreAway = (error: unknown): boolean =>
  error instanceof UnavailableError && error.code.startsWith('store.');

const nothingRepeated = { repeated: new Set<string>() };

/** Two may bring the same key at the same moment: the second is answered with what the first was. */
function firstOfEach(
  pieces: readonly (readonly PredictionRequest[])[],
): ReadonlySet<readonly PredictionRequest[]> {
  const seen = new Set<string>();
  return new Set(
    pieces.filter(([part]) => {
      if (!part?.once) return true;
      const isFirst = !seen.has(part.requestId);
      seen.add(part.requestId);
      return isFirst;
    }),
  );
}

function predictedOf(outcome: Predicted | Unscored): Predicted {
  if ('failure' in outcome) throw outcome.failure;
  return outcome;
}

async function watched(
  answering: Promise<Predicted | Unscored>,
  parts: readonly PredictionRequest[],
  watch: Pick<SlotWatch, 'answered' | 'failed'>,
  unblamed: WeakSet<object>,
): Promise<Predicted> {
  try {
    const predicted = predictedOf(await answering);
    for (const [i, answers] of predicted.answers.entries()) {
      const { model, arrivedMs } = parts[i]!;
      const latencyMs = performance.now() - arrivedMs;
      for (const { churnProbability } of answers) watch.answered(model.id, latencyMs, churnProbability);
    }
    return predicted;
  } catch (error) {
    // Nor is a full queue a fault of who would have answered: a slow disk fills it.
    if (!hasCode(error, 'serving.busy') && !unblamed.has(error as object))
      for (const { model } of parts) watch.failed(model.id);
    throw error;
  }
}
