/** Gathers what the report and the card tell of a training run. */

import type { Random } from '../../base/random.ts';
import type { TableOverview } from '../../data/inspect/table-overview.ts';
import { confusionOf } from '../../evaluation/confusion.ts';
import { calibrationCurve, gainCurve, prCurve, profitCurve, rocCurve } from '../../evaluation/curves.ts';
import { listFigures } from '../../evaluation/list-figures.ts';
import { metricById } from '../../evaluation/metrics/all.ts';
import { prepareSample } from '../../evaluation/sample.ts';
import { permutationImportance } from '../../explain/importance.ts';
import type { Note } from '../../learn/context.ts';
import { describe } from '../../learn/fit.ts';
import type { TrainingFacts } from '../../report/training-facts.ts';
import { churnedCount, type Dataset } from '../../table/dataset.ts';
import type { WorkPorts } from '../ports.ts';
import type { CalibratedModel } from './calibrate-model.ts';
import type { Stability } from './cross-validate-winner.ts';
import { explainHoldout } from './explain-holdout.ts';
import { meaningsOf, unitsOf } from './figures.ts';
import type { Judgement } from './judge-model.ts';
import type { PreparedData } from './prepare.ts';
import type { TrainSpec } from './spec.ts';

export interface RunIdentity {
  readonly id: string;
  readonly label: string;
  readonly created: string;
  readonly holdfastVersion: string;
  readonly wallSeconds: number;
}

export function gatherFacts(
  spec: TrainSpec,
  prepared: PreparedData,
  selected: CalibratedModel,
  stability: Stability | undefined,
  judgement: Judgement,
  overview: TableOverview,
  notes: readonly Note[],
  run: RunIdentity,
  random: Random,
  ports: WorkPorts,
): TrainingFacts {
  const { parts, source } = prepared;
  const { holdout } = parts;
  const sample = prepareSample(holdout.labels, judgement.holdoutScores, judgement.threshold.value);
  const rocAuc = metricById('roc-auc');
  return {
    model: {
      id: run.id,
      label: run.label,
      name: spec.project,
      author: spec.author,
      description: spec.description,
      learned: describe(selected.fitted, ports.catalogue),
    },
    created: run.created,
    holdfastVersion: run.holdfastVersion,
    seed: spec.split.seed,
    source: { name: spec.data.source, rows: source.rows, columns: parts.all.table.columns.length },
    target: { column: spec.data.target.column, churned: String(spec.data.target.churned) },
    parts: {
      training: partFacts(parts.training),
      validation: partFacts(parts.validation),
      holdout: partFacts(holdout),
    },
    parting: prepared.parting,
    leaderboard: selected.leaderboard,
    search: selected.search,
    ...(stability && { stability }),
    holdout: judgement.holdout,
    further: judgement.further,
    curves: {
      roc: rocCurve(sample),
      pr: prCurve(sample),
      calibration: calibrationCurve(sample),
      gain: gainCurve(sample),
      ...(spec.profit && { profit: profitCurve(sample, spec.profit) }),
    },
    list: listFigures(sample, judgement.bands, spec.profit),
    confusion: confusionOf(holdout.labels, judgement.holdoutScores, judgement.threshold.value),
    threshold: judgement.threshold,
    calibration: selected.calibration,
    bands: judgement.bands,
    gate: judgement.gate,
    importance: permutationImportance(
      selected.fitted,
      holdout,
      (labels, scores) => rocAuc.compute(prepareSample(labels, scores, 0.5)),
      random.fork('importance'),
      ports.catalogue,
    ),
    ...explainHoldout(selected.fitted, parts, spec.data.columns, ports.catalogue),
    units: unitsOf(spec.data.columns),
    meanings: meaningsOf(spec.data.columns),
    overview,
    segments: judgement.segments,
    fairness: judgement.fairness,
    certainty: { limits: judgement.conformal, measured: judgement.certainty },
    ...(spec.profit && { profit: spec.profit }),
    personal: personalColumns(spec, selected),
    leftOut: leftOutColumns(spec, selected),
    notes,
    seconds: {
      fits: selected.search.trials.reduce((total, trial) => total + trial.seconds, 0),
      wall: run.wallSeconds,
    },
  };
}

const partFacts = (part: Dataset) => ({
  rows: part.table.rowCount,
  churnRate: churnedCount(part.labels) / part.table.rowCount,
});

/** The columns that the model learned from and that say something about the person. */
function personalColumns(spec: TrainSpec, selected: CalibratedModel): string[] {
  const left = new Set(selected.leftOut.map(({ column }) => column));
  return Object.entries(spec.data.columns)
    .filter(([column, { use, personal }]) => use === 'feature' && personal && !left.has(column))
    .map(([column]) => column);
}

function leftOutColumns(spec: TrainSpec, selected: CalibratedModel): { column: string; reason: string }[] {
  const byContract = Object.entries(spec.data.columns)
    .filter(([, { use }]) => use !== 'feature')
    .map(([column, { use }]) => ({
      column,
      reason:
        use === 'segment' ? 'only judges groups (use: segment)' : 'left out by the contract (use: none)',
    }));
  return [...byContract, ...selected.leftOut.map(({ column, reason }) => ({ column, reason }))];
}
