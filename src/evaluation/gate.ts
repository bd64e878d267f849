/**
 * May the model be put to work? Each condition of the project file's gate is compared with what was measured, and
 * each answer is a sentence with both figures. A refusal is a value, not an error.
 */
import type { Metric } from './definition.ts';
import { expectedProfitInWords } from './expected-profit.ts';
import type { CoreMetrics, FurtherMetrics } from './measure.ts';
import { accuracy } from './metrics/accuracy.ts';
import { balancedAccuracy } from './metrics/balanced-accuracy.ts';
import { brier } from './metrics/brier.ts';
import { ece } from './metrics/ece.ts';
import { f1 } from './metrics/f1.ts';
import { liftAt10 } from './metrics/lift-at-10.ts';
import { logLoss } from './metrics/log-loss.ts';
import { mcc } from './metrics/mcc.ts';
import { prAuc } from './metrics/pr-auc.ts';
import { precision } from './metrics/precision.ts';
import { recall } from './metrics/recall.ts';
import { rocAuc } from './metrics/roc-auc.ts';
import type { GateSection } from './section.ts';

export interface GateFacts {
  readonly holdout: CoreMetrics;
  /** The metrics beside the nine; a limit on one that is not here is not held. */
  readonly further?: Partial<FurtherMetrics>;
  /** Accuracy on the training part less accuracy on the validation part; null where it can't be known. */
  readonly gap: number | null;
  /** Null without another model in use. */
  readonly champion: ChampionFacts | null;
}

/** Against the model in use: the difference in ROC-AUC on the same customers, or why there is none. */
export type ChampionFacts =
  | {
      /** The lower end of the paired 95% interval of the difference. */
      readonly low: number;
      /** How many customers both were judged on, of all that there were. */
      readonly rows?: number;
      readonly of?: number;
    }
  | { readonly notComparable: string };

export interface GateCheck {
  /** The key of the gate section. */
  readonly name: string;
  readonly limit: number;
  /** What was measured; null when there was nothing to measure. */
  readonly value: number | null;
  readonly passed: boolean;
  readonly reason: string;
}

export interface GateResult {
  readonly passed: boolean;
  readonly checks: readonly GateCheck[];
}

/** A difference in ROC-AUC that nobody would notice. */
export const championMargin = -0.005;

/** The metrics that can have a limit, in the order of the checks. */
export const gateMetrics = [rocAuc, prAuc, accuracy, precision, recall, f1, logLoss, brier, ece] as const;
/** Those beside the nine. */
const furtherLimits = [balancedAccuracy, mcc, liftAt10, expectedProfitInWords] as const;

/** Judges a model by the gate. Without conditions it passes. */
export function judgeGate(section: GateSection, facts: GateFacts): GateResult {
  const checks: GateCheck[] = [];
  if (section.chance) checks.push(chanceCheck(facts.holdout));
  for (const metric of gateMetrics) {
    const limit = section[metric.jsonKey];
    if (limit !== undefined) checks.push(limitCheck(metric, limit, facts.holdout[metric.jsonKey].value));
  }
  for (const metric of furtherLimits) {
    const limit = section[metric.jsonKey];
    if (limit !== undefined)
      checks.push(limitCheck(metric, limit, facts.further?.[metric.jsonKey]?.value ?? null));
  }
  if (section.trainValidationGap !== undefined) checks.push(gapCheck(section.trainValidationGap, facts.gap));
  if (section.mustBeatChampion) checks.push(championCheck(facts.champion));
  return { passed: checks.every((check) => check.passed), checks };
}

function chanceCheck(holdout: CoreMetrics): GateCheck {
  const { low } = holdout.rocAuc;
  const [value, limit] = tellApart(low, 0.5);
  return {
    name: 'chance',
    limit: 0.5,
    value: low,
    passed: low > 0.5,
    reason: `ROC-AUC is at least ${value} with 95% confidence, above ${limit} (chance) required`,
  };
}

function limitCheck(
  metric: Pick<Metric, 'jsonKey' | 'title' | 'higherIsBetter'>,
  limit: number,
  value: number | null,
): GateCheck {
  if (value === null) {
    const reason = `${metric.title} was not measured, at ${metric.higherIsBetter ? 'least' : 'most'} ${tellApart(limit, limit)[1]} required`;
    return { name: metric.jsonKey, limit, value, passed: false, reason };
  }
  const [got, asked] = tellApart(value, limit);
  return {
    name: metric.jsonKey,
    limit,
    value,
    passed: metric.higherIsBetter ? value >= limit : value <= limit,
    reason: `${metric.title} is ${got}, at ${metric.higherIsBetter ? 'least' : 'most'} ${asked} required`,
  };
}

function gapCheck(limit: number, gap: number | null): GateCheck {
  const name = 'trainValidationGap';
  if (gap === null) {
    const reason = `accuracy on the training part is not known here, so its lead over the validation part (at most ${tellApart(limit, limit)[1]}) was not checked`;
    return { name, limit, value: null, passed: true, reason };
  }
  const [got, asked] = tellApart(gap, limit);
  return {
    name,
    limit,
    value: gap,
    passed: gap <= limit,
    reason: `accuracy on the training part less that on the validation part is ${got}, at most ${asked} required`,
  };
}

/** What can't be compared is not shown to be no worse: the condition is not held. */
function championCheck(champion: ChampionFacts | null): GateCheck {
  const name = 'mustBeatChampion';
  const limit = championMargin;
  if (champion === null) {
    const reason = 'there is no model in use to compare with, so nothing was to be beaten';
    return { name, limit, value: null, passed: true, reason };
  }
  if ('notComparable' in champion) {
    const reason = `not comparable with the model in use: ${champion.notComparable}; a lead of at least ${tellApart(limit, limit)[1]} in ROC-AUC required`;
    return { name, limit, value: null, passed: false, reason };
  }
  const [got, asked] = tellApart(champion.low, limit);
  const { rows, of } = champion;
  const on =
    rows === undefined || rows === of
      ? ''
      : ` on the ${rows} of ${of} customers that it has not learned from`;
  return {
    name,
    limit,
    value: champion.low,
    passed: champion.low >= limit,
    reason: `the difference in ROC-AUC to the model in use is at least ${got} with 95% confidence${on}, at least ${asked} required`,
  };
}

/** Both figures with three digits, or as many more as it takes until different numbers read differently. */
function tellApart(value: number, limit: number): [string, string] {
  for (let digits = 3; digits < 17; digits++) {
    const texts: [string, string] = [value.toFixed(digits), limit.toFixed(digits)];
    if (value === limit || texts[0] !== texts[1]) return texts;
  }
  return [String(value), String(limit)];
}
