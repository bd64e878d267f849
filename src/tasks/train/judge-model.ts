/** From a fitted pipeline to its verdict: threshold and gap on validation, everything else once on the hold-out. */
import type { Random } from '../../base/random.ts';
import { type Bands, resolveBands } from '../../evaluation/bands.ts';
import {
  type Conformal,
  type ConformalMeasures,
  fitConformal,
  measureConformal,
} from '../../evaluation/conformal.ts';
import { confusionOf } from '../../evaluation/confusion.ts';
import { type FairnessColumn, measureFairness } from '../../evaluation/fairness.ts';
import { type GateResult, judgeGate } from '../../evaluation/gate.ts';
import { type CoreMetrics, type FurtherMetrics, measure, measureAll } from '../../evaluation/measure.ts';
import { measureSegments, type SegmentMetrics } from '../../evaluation/segments.ts';
import { chooseThreshold, type Threshold } from '../../evaluation/threshold.ts';
import type { Catalogue } from '../../learn/catalogue.ts';
import type { FittedClassifier } from '../../learn/definition.ts';
import { score } from '../../learn/fit.ts';
import { personalColumns } from '../personal-columns.ts';
import type { LoadedModel } from '../ports.ts';
import { compareWithChampion } from './compare-champion.ts';
import { listLength } from './list-length.ts';
import type { Parts } from './prepare.ts';
import type { TrainSpec } from './spec.ts';

export interface Judgement {
  readonly threshold: Threshold;
  readonly bands: Bands;
  readonly holdout: { readonly rows: number } & CoreMetrics;
  /** Metrics of the hold-out beside the nine. */
  readonly further: FurtherMetrics;
  readonly holdoutScores: Float64Array;
  readonly validation: { readonly rows: number } & CoreMetrics;
  readonly segments: readonly SegmentMetrics[];
  /** Gaps between the groups of each personal column, on the hold-out. */
  readonly fairness: readonly FairnessColumn[];
  /** From which scores on an outcome is likely, learned on the validation part, and what that does on the hold-out. */
  readonly conformal: Conformal;
  readonly certainty: ConformalMeasures;
  /** Accuracy on training minus accuracy on validation, both at the chosen threshold. */
  readonly gap: number;
  readonly gate: GateResult;
}

/** What is judged. */
export interface JudgedFits {
  /** The model that is saved: the hold-out judges it. */
  readonly fitted: FittedClassifier;
  /** The fit that has not seen the validation part; the same one, unless it was fitted once more. */
  readonly learning: FittedClassifier;
}

export function judgeModel(
  spec: Pick<TrainSpec, 'data' | 'train' | 'bands' | 'gate' | 'profit'>,
  { fitted, learning }: JudgedFits,
  parts: Parts,
  random: Random,
  catalogue: Catalogue,
  /** The model in use, when the gate asks for one; null for none. */
  champion: LoadedModel | null = null,
): Judgement {
  const scoresOf = (part: 'training' | 'validation') => score(learning, parts[part].table, catalogue);
  const validationScores = scoresOf('validation');
  const threshold = chooseThreshold(parts.validation.labels, validationScores, spec.train.threshold, null, {
    profit: spec.profit,
    population: listLength(parts.all, spec.data),
  });
  const conformal = fitConformal(parts.validation.labels, validationScores, spec.train.conformal.coverage);
  const validation = measure(
    parts.validation.labels,
    validationScores,
    threshold.value,
    random.fork('validation-intervals'),
  );
  const holdoutScores = score(fitted, parts.holdout.table, catalogue);
  const { core: holdout, further } = measureAll(
    parts.holdout.labels,
    holdoutScores,
    threshold.value,
    random.fork('holdout-intervals'),
    spec.profit,
  );
  const gap =
    accuracyOf(parts.training.labels, scoresOf('training'), threshold.value) - validation.accuracy.value;
  return {
    threshold,
    bands: resolveBands(spec.bands, threshold.value),
    holdout: { rows: parts.holdout.table.rowCount, ...holdout },
    further,
    holdoutScores,
    validation: { rows: parts.validation.table.rowCount, ...validation },
    segments: measureSegments(
      parts.holdout.table,
      parts.holdout.labels,
      holdoutScores,
      threshold.value,
      random.fork('segments'),
    ),
    fairness: measureFairness(
      parts.holdout.table,
      parts.holdout.labels,
      holdoutScores,
      threshold.value,
      random.fork('fairness'),
      personalColumns(spec.data, parts.holdout.table),
    ),
    conformal,
    certainty: measureConformal(parts.holdout.labels, holdoutScores, conformal),
    gap,
    gate: judgeGate(spec.gate, {
      holdout,
      further,
      gap,
      champion: champion && compareWithChampion(champion, spec.data, parts.holdout, holdoutScores, catalogue),
    }),
  };
}

function accuracyOf(labels: Uint8Array, scores: Float64Array, threshold: number): number {
  const { truePositives, trueNegatives } = confusionOf(labels, scores, threshold);
  return (truePositives + trueNegatives) / labels.length;
}
