/**
 * What a slot did lately: answers, errors, latencies and scores of the last `windowMs`, in seconds that are
 * forgotten as they grow old. Memory does not depend on the load. Latencies are counted in bins whose edges grow by
 * a tenth, so a percentile is right within that; scores in 20 bins of equal width.
 */

export const scoreBins = 20;
const latencyGrowth = 1.1;
/** Upper edges in milliseconds, from 0.1 ms to above a minute. */
const latencyEdges = Array.from({ length: 142 }, (_, i) => 0.1 * latencyGrowth ** i);

export interface SlotMeasures {
  readonly answers: number;
  /** Requests that ended in a defect or in 503. */
  readonly errors: number;
  /** Milliseconds; 0 without an answer. */
  readonly p95Ms: number;
  /** How many scores fell into each bin. */
  readonly scores: readonly number[];
}

export interface SlotWindow {
  answered(nowMs: number, latencyMs: number, score: number): void;
  failed(nowMs: number): void;
  measures(nowMs: number): SlotMeasures;
}

interface Second {
  second: number;
  errors: number;
  answers: number;
  readonly latencies: Uint32Array;
  readonly scores: Uint32Array;
}

export function slotWindow(windowMs: number): SlotWindow {
  const length = Math.max(1, Math.ceil(windowMs / 1000));
  const ring: Second[] = Array.from({ length }, () => ({
    second: -1,
    errors: 0,
    answers: 0,
    latencies: new Uint32Array(latencyEdges.length + 1),
    scores: new Uint32Array(scoreBins),
  }));
  const at = (nowMs: number): Second => {
    const second = Math.floor(nowMs / 1000);
    const place = ring[((second % length) + length) % length]!;
    if (place.second !== second) {
      place.second = second;
      place.errors = 0;
      place.answers = 0;
      place.latencies.fill(0);
      place.scores.fill(0);
    }
    return place;
  };
  return {
    answered(nowMs, latencyMs, score) {
      const place = at(nowMs);
      place.answers++;
      place.latencies[latencyBin(latencyMs)]!++;
      place.scores[Math.min(scoreBins - 1, Math.floor(score * scoreBins))]!++;
    },
    failed(nowMs) {
      at(nowMs).errors++;
    },
    measures(nowMs) {
      const newest = Math.floor(nowMs / 1000);
      const kept = ring.filter(({ second }) => second > newest - length && second <= newest);
      const latencies = total(
        kept.map((one) => one.latencies),
        latencyEdges.length + 1,
      );
      const answers = kept.reduce((sum, one) => sum + one.answers, 0);
      return {
        answers,
        errors: kept.reduce((sum, one) => sum + one.errors, 0),
        p95Ms: answers === 0 ? 0 : quantileMs(latencies, Math.ceil(0.95 * answers)),
        scores: total(
          kept.map((one) => one.scores),
          scoreBins,
        ),
      };
    },
  };
}

const latencyBin = (ms: number): number =>
  ms <= latencyEdges[0]!
    ? 0
    : Math.min(latencyEdges.length, Math.ceil(Math.log(ms / latencyEdges[0]!) / Math.log(latencyGrowth)));

function total(counts: readonly Uint32Array[], bins: number): number[] {
  const sums: number[] = new Array(bins).fill(0);
  for (const one of counts) for (let i = 0; i < bins; i++) sums[i]! += one[i]!;
  return sums;
}

/** The upper edge of the bin that holds the answer of a rank. */
function quantileMs(bins: readonly number[], rank: number): number {
  let seen = 0;
  for (let i = 0; i < bins.length; i++) {
    seen += bins[i]!;
    if (seen >= rank) return latencyEdges[Math.min(i, latencyEdges.length - 1)]!;
  }
  return latencyEdges.at(-1)!;
}
