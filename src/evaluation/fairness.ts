/**
 * Does the model treat groups of people alike? For each column about the person: who is called, who of the leavers is
 * found, who of the stayers is called in vain, and whether the scores mean the same. It reports and never mends.
 *
 *   selectionRate        called / all
 *   recall               called leavers / leavers
 *   falsePositiveRate    called stayers / stayers
 *   calibration          mean score - churn rate: above 0 the scores are too high for the group
 *
 * A group is judged when it has 50 rows, its recall with 20 leavers, its false positive rate with 20 stayers; the rest is
 * counted. Rates have Wilson's interval, calibration the normal one.
 *
 * A gap is the distance between two groups. Of many groups two always lie far apart, so the intervals of all pairs hold
 * together: each group is redrawn 1,000 times, and the reach of the intervals, in standard errors, is the one that the
 * worst pair of a replicate stays within in 95% of them (Tukey's idea, by bootstrap). `proven` says that 0 lies outside.
 * Told is the largest proven gap; without one the largest, which is then not proven.
 * Cost: O(rows x replicates + pairs x replicates) a column.
 *
 * Hardt, Price and Srebro (2016); Romano and Wolf (2005) for the reach.
 */
import type { Random } from '../base/random.ts';
import { quantile } from '../math/quantile.ts';
import type { ColumnKind } from '../table/column.ts';
import { requireColumn, type Table } from '../table/table.ts';
import { replicateCount } from './bootstrap.ts';
import { type Group, type GroupLevel, groupsOf } from './groups.ts';
import { type MetricValue, shareOf, z95 } from './interval.ts';
import { smallestSegment } from './segments.ts';

export const fairnessMeasures = ['selectionRate', 'recall', 'falsePositiveRate', 'calibration'] as const;
export type FairnessMeasure = (typeof fairnessMeasures)[number];

export interface FairnessGroup {
  readonly level: GroupLevel;
  readonly rows: number;
  readonly churned: number;
  readonly selectionRate: MetricValue;
  /** Null with fewer than 20 leavers. */
  readonly recall: MetricValue | null;
  /** Null with fewer than 20 stayers. */
  readonly falsePositiveRate: MetricValue | null;
  readonly calibration: MetricValue;
}

/** How much higher a measure is in one group than in another. */
export interface FairnessGap extends MetricValue {
  readonly highest: GroupLevel;
  readonly lowest: GroupLevel;
  /** The interval does not hold 0. */
  readonly proven: boolean;
}

export interface FairnessColumn {
  readonly column: string;
  readonly groups: readonly FairnessGroup[];
  /** How many groups have customers, but too few to judge; not named, since a rare level may name a person. */
  readonly tooSmall: { readonly groups: number; readonly rows: number };
  /** Null where fewer than two groups could be judged. */
  readonly gaps: Readonly<Record<FairnessMeasure, FairnessGap | null>>;
}

/** Fewer leavers, or stayers, say nothing about a rate among them. */
export const smallestOutcome = 20;

const kinds = ['category', 'boolean', 'number'] as const;
export const canHaveGroups = (kind: ColumnKind): boolean => (kinds as readonly ColumnKind[]).includes(kind);

/** Judges the named columns, in their order. Throws `column.missing` or `column.kind`. */
export function measureFairness(
  table: Table,
  labels: Uint8Array,
  scores: Float64Array,
  threshold: number,
  random: Random,
  columns: readonly string[],
): FairnessColumn[] {
  return columns.map((name) => {
    const groups = groupsOf(requireColumn('fairness', table, name, ...kinds)).filter(
      ({ rows }) => rows.length > 0,
    );
    const judged = groups
      .filter(({ rows }) => rows.length >= smallestSegment)
      .map((group) => judgeGroup(group, labels, scores, threshold, random.fork(name)));
    return {
      column: name,
      groups: judged.map(({ told }) => told),
      tooSmall: {
        groups: groups.length - judged.length,
        rows: table.rowCount - judged.reduce((sum, { told }) => sum + told.rows, 0),
      },
      gaps: {
        selectionRate: largestGap(judged, 'selectionRate'),
        recall: largestGap(judged, 'recall'),
        falsePositiveRate: largestGap(judged, 'falsePositiveRate'),
        calibration: largestGap(judged, 'calibration'),
      },
    };
  });
}

/** One group: what is told of it, and how each measure moves when its customers are redrawn. */
interface JudgedGroup {
  readonly told: FairnessGroup;
  readonly spread: Readonly<Record<FairnessMeasure, Spread>>;
}

interface Spread {
  readonly variance: number;
  /** In each replicate: the value less the value seen, and its own variance. */
  readonly apart: Float64Array;
  readonly variances: Float64Array;
}

function judgeGroup(
  { level, rows }: Group,
  labels: Uint8Array,
  scores: Float64Array,
  threshold: number,
  random: Random,
): JudgedGroup {
  // 0 stayed, 1 stayed and called, 2 left, 3 left and called.
  const kindOf = Uint8Array.from(rows, (row) => 2 * labels[row]! + (scores[row]! >= threshold ? 1 : 0));
  const excess = Float64Array.from(rows, (row) => scores[row]! - labels[row]!);
  const replicates = replicateCount(labels.length);
  const draws = random.fork(String(level));
  const seen = estimatesOf(tally(kindOf, excess, null));
  const spreadOf = (measure: FairnessMeasure): Spread => ({
    variance: seen[measure].variance,
    apart: new Float64Array(replicates),
    variances: new Float64Array(replicates),
  });
  const spread = {
    selectionRate: spreadOf('selectionRate'),
    recall: spreadOf('recall'),
    falsePositiveRate: spreadOf('falsePositiveRate'),
    calibration: spreadOf('calibration'),
  };
  for (let r = 0; r < replicates; r++) {
    const redrawn = estimatesOf(tally(kindOf, excess, draws));
    for (const measure of fairnessMeasures) {
      spread[measure].apart[r] = redrawn[measure].value - seen[measure].value;
      spread[measure].variances[r] = redrawn[measure].variance;
    }
  }
  const { selectionRate, recall, falsePositiveRate, calibration } = seen;
  const reach = z95 * Math.sqrt(calibration.variance);
  return {
    told: {
      level,
      rows: rows.length,
      churned: recall.trials,
      selectionRate: shareOf(selectionRate.hits, selectionRate.trials),
      recall: recall.trials < smallestOutcome ? null : shareOf(recall.hits, recall.trials),
      falsePositiveRate:
        falsePositiveRate.trials < smallestOutcome
          ? null
          : shareOf(falsePositiveRate.hits, falsePositiveRate.trials),
      calibration: {
        value: calibration.value,
        low: calibration.value - reach,
        high: calibration.value + reach,
      },
    },
    spread,
  };
}

interface Tally {
  readonly kinds: readonly [stayed: number, stayedCalled: number, left: number, leftCalled: number];
  /** Of score less label: the sum, and that of the squares. */
  readonly excess: number;
  readonly squares: number;
}

/** Counts the group's rows, or as many drawn from them with replacement. */
function tally(kindOf: Uint8Array, excess: Float64Array, random: Random | null): Tally {
  const count = kindOf.length;
  const kinds: [number, number, number, number] = [0, 0, 0, 0];
  const scale = count / 4294967296;
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < count; i++) {
    const row = random === null ? i : Math.floor(random.uint32() * scale);
    kinds[kindOf[row] as 0 | 1 | 2 | 3]++;
    sum += excess[row]!;
    squares += excess[row]! * excess[row]!;
  }
  return { kinds, excess: sum, squares };
}

/** The four measures with their variances. */
function estimatesOf({ kinds, excess, squares }: Tally) {
  const [stayedOut, stayedCalled, leftOut, leftCalled] = kinds;
  const left = leftOut + leftCalled;
  const stayed = stayedOut + stayedCalled;
  const count = left + stayed;
  const mean = excess / count;
  const variance = Math.max(0, squares / count - mean * mean) / (count - 1);
  return {
    selectionRate: rateOf(stayedCalled + leftCalled, count),
    recall: rateOf(leftCalled, left),
    falsePositiveRate: rateOf(stayedCalled, stayed),
    calibration: {
      value: mean,
      // Scores alone hardly vary: without leavers, or without stayers, their number is what is not known.
      variance: left === 0 || stayed === 0 ? Math.max(variance, rateOf(left, count).variance) : variance,
    },
  };
}

/** Its variance is that with one hit and one miss more (Agresti and Caffo, 2000): all or none is not known for sure. */
function rateOf(hits: number, trials: number) {
  const cautious = (hits + 1) / (trials + 2);
  return {
    hits,
    trials,
    value: trials === 0 ? 0 : hits / trials,
    variance: (cautious * (1 - cautious)) / (trials + 2),
  };
}

function largestGap(judged: readonly JudgedGroup[], measure: FairnessMeasure): FairnessGap | null {
  const groups = judged
    .filter(({ told }) => told[measure] !== null)
    .map(({ told, spread }) => ({ level: told.level, value: told[measure]!.value, ...spread[measure] }))
    .sort((a, b) => b.value - a.value);
  if (groups.length < 2) return null;
  const pairs = groups.flatMap((high, i) => groups.slice(i + 1).map((low) => ({ high, low })));
  const worst = new Float64Array(groups[0]!.apart.length).map((_, r) =>
    pairs.reduce((most, { high, low }) => {
      const error = Math.sqrt(high.variances[r]! + low.variances[r]!);
      return Math.max(most, Math.abs(high.apart[r]! - low.apart[r]!) / error);
    }, 0),
  );
  // Never shorter than what holds for two groups alone.
  const reach = Math.max(z95, quantile(worst, 0.95));
  const gaps = pairs
    .map(({ high, low }): FairnessGap => {
      const value = high.value - low.value;
      const error = Math.sqrt(high.variance + low.variance);
      return {
        value,
        low: value - reach * error,
        high: value + reach * error,
        highest: high.level,
        lowest: low.level,
        proven: value - reach * error > 0,
      };
    })
    .sort((a, b) => Number(b.proven) - Number(a.proven) || b.value - a.value);
  return gaps[0]!;
}
