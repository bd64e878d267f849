/** The join in the words of its rules, without a database: slow, and plainly right. */
import type { Outcome } from '../join-outcomes.ts';

export interface SlowPrediction {
  readonly requestId: string;
  readonly index: number;
  readonly at: number;
  readonly customerId: string | null;
  readonly horizonMs: number;
}

/** In the order of writing. */
export interface SlowOutcome extends Outcome {
  readonly customerId: string | null;
  readonly requestId: string | null;
  readonly index: number | null;
}

export function slowJoin(
  { requestId, index, at, customerId, horizonMs }: SlowPrediction,
  written: readonly SlowOutcome[],
): Outcome | null {
  const told = ({ churned, happenedAt, knownAt }: Outcome, label = churned): Outcome => ({
    ...{ churned: label, happenedAt, knownAt },
  });
  const direct = written.findLast((one) => one.requestId === requestId && one.index === index);
  if (direct) return told(direct);
  const valid = new Map<number, SlowOutcome>();
  for (const one of written)
    if (one.requestId === null && customerId !== null && one.customerId === customerId)
      valid.set(one.happenedAt, one);
  const inOrder = [...valid.values()].sort((a, b) => a.happenedAt - b.happenedAt);
  const end = at + horizonMs;
  const left = inOrder.find((one) => one.churned && one.happenedAt >= at && one.happenedAt < end);
  if (left) return told(left);
  const seen = inOrder.find((one) => one.happenedAt >= end);
  return seen ? told(seen, false) : null;
}
