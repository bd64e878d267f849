/**
 * Judges a model on customers it has not seen.
 *
 * On the model's own source the hold-out is rebuilt by the seed and only that is scored. On other data the ids (or,
 * without an id, the contents of the rows) found in the model's hash filter are counted. The filter says yes to 1%
 * of strangers, so up to 2% + 3 standard errors is no proof of training rows; above it the data are refused.
 */
import { ConflictError } from '../base/errors.ts';
import { createRandom } from '../base/random.ts';
import { countOf } from '../base/text.ts';
import { type ConformalMeasures, measureConformal } from '../evaluation/conformal.ts';
import { type FairnessColumn, measureFairness } from '../evaluation/fairness.ts';
import { type ChampionFacts, type GateResult, judgeGate } from '../evaluation/gate.ts';
import { type CoreMetrics, type FurtherMetrics, measureAll } from '../evaluation/measure.ts';
import { gateSection, profitSection } from '../evaluation/section.ts';
import { measureSegments, type SegmentMetrics } from '../evaluation/segments.ts';
import { score } from '../learn/fit.ts';
import type { Dataset } from '../table/dataset.ts';
import { readJudgedCustomers } from './judged-customers.ts';
import { type JudgedBy, learnedKeys } from './learned-keys.ts';
import { personalColumns } from './personal-columns.ts';
import type { LoadedModel, ModelRegistry, WorkPorts } from './ports.ts';
import { compareWithChampion } from './train/compare-champion.ts';
import { splitParts } from './train/prepare.ts';

export interface Evaluation {
  readonly model: { readonly id: string; readonly label: string; readonly name: string };
  readonly data: {
    readonly rows: number;
    readonly hash: string;
    /** `holdout`: the model's own source, of which only the hold-out was scored. */
    readonly part: 'holdout' | 'all';
    /** Customers that the model's hash filter knows; about 1% of strangers are among them. */
    readonly trainingRows: number;
    /** True when training rows were allowed: the figures are too good. */
    readonly containsTrainingRows: boolean;
  };
  readonly metrics: { readonly rows: number } & CoreMetrics;
  /** Metrics beside the nine; the figures in money only for a model with a profit section. */
  readonly further: FurtherMetrics;
  readonly segments: readonly SegmentMetrics[];
  /** Gaps between the groups of each personal column. */
  readonly fairness: readonly FairnessColumn[];
  /** How often the likely outcomes held the true one; null for a model without limits of certainty. */
  readonly certainty: ConformalMeasures | null;
  readonly gate: GateResult;
  readonly remarks: readonly string[];
}

/** The share of a filter's answers that may be yes before the data are held to contain training rows. */
const tolerated = 0.02;

export interface EvaluatePorts extends WorkPorts {
  /** Asked for the model in use where the gate compares with it. */
  readonly registry?: Pick<ModelRegistry, 'champion'>;
}

export async function evaluateModel(
  model: LoadedModel,
  path: string,
  allowTrainingRows: boolean,
  ports: EvaluatePorts,
  /** Another cutoff for a model of event logs, YYYY-MM-DD. */
  cutoff?: string,
): Promise<Evaluation> {
  const { manifest, fitted } = model;
  const read = await readJudgedCustomers(manifest, path, ports, cutoff);
  const { isOwnSource } = read;
  const random = createRandom(manifest.seed);
  const judged: Dataset = isOwnSource
    ? splitParts(read.customers, read.split, random).holdout
    : read.customers;
  const { seen, suspicious } = isOwnSource
    ? { seen: 0, suspicious: false }
    : lookForSeen(model, judged, read.judged);
  if (suspicious && !allowTrainingRows) {
    throw new ConflictError(
      'evaluate.training-rows',
      `evaluate: the model was trained on ${seen} of these ${judged.table.rowCount} customers, at most ${(100 * tolerated).toFixed(0)}% (by chance) allowed; use customers it has not seen,${manifest.contract.events?.horizon === undefined ? '' : ' a cutoff whose horizon overlaps none that it learned from,'} or --allow-training-rows`,
      { rows: judged.table.rowCount, trainingRows: seen },
    );
  }
  ports.signal?.throwIfAborted();
  ports.progress.step(`Judging ${countOf(judged.table.rowCount, 'customer')}`);
  const scores = score(fitted, judged.table, ports.catalogue);
  const project = manifest.project as { gate: unknown; profit?: unknown };
  const { core: metrics, further } = measureAll(
    judged.labels,
    scores,
    manifest.threshold.value,
    random.fork('holdout-intervals'),
    profitSection.optional().parse(project.profit),
  );
  const section = gateSection.parse(project.gate);
  const gate = judgeGate(section, {
    holdout: metrics,
    further,
    gap: manifest.metrics.gap,
    champion: section.mustBeatChampion
      ? await againstChampion(model, judged, read.judged, scores, ports)
      : null,
  });
  return {
    model: { id: manifest.model.id, label: manifest.model.label, name: manifest.model.name },
    data: {
      rows: read.rows,
      hash: read.hash,
      part: isOwnSource ? 'holdout' : 'all',
      trainingRows: seen,
      containsTrainingRows: suspicious,
    },
    metrics: { rows: judged.table.rowCount, ...metrics },
    further,
    segments: measureSegments(
      judged.table,
      judged.labels,
      scores,
      manifest.threshold.value,
      random.fork('segments'),
    ),
    fairness: measureFairness(
      judged.table,
      judged.labels,
      scores,
      manifest.threshold.value,
      random.fork('fairness'),
      personalColumns(manifest.contract, judged.table),
    ),
    certainty:
      manifest.conformal === null ? null : measureConformal(judged.labels, scores, manifest.conformal),
    gate,
    remarks: [...remarksOf(isOwnSource, seen, judged.table.rowCount, suspicious), ...read.notes],
  };
}

/** The model in use on the same customers; null where there is none, or it is this one. */
async function againstChampion(
  { manifest }: LoadedModel,
  customers: Dataset,
  judged: JudgedBy,
  scores: Float64Array,
  { registry, catalogue }: EvaluatePorts,
): Promise<ChampionFacts | null> {
  const champion = (await registry?.champion(manifest.model.name)) ?? null;
  if (champion === null || champion.manifest.model.id === manifest.model.id) return null;
  return compareWithChampion(champion, judged, customers, scores, catalogue);
}

/**
 * How many customers the filter knows, and whether that is more than chance gives. A customer may be asked about at
 * several cutoffs, so chance is counted by questions: one is enough to take a stranger for an acquaintance.
 */
function lookForSeen(
  { manifest, knowsTrainingKey }: LoadedModel,
  data: Dataset,
  judged: JudgedBy,
): { readonly seen: number; readonly suspicious: boolean } {
  let seen = 0;
  let asked = 0;
  let known = 0;
  for (const keys of learnedKeys(manifest, data, judged)) {
    const found = keys.filter(knowsTrainingKey).length;
    asked += keys.length;
    known += found;
    if (found > 0) seen++;
  }
  const most = asked * tolerated + 3 * Math.sqrt(asked * tolerated * (1 - tolerated));
  return { seen, suspicious: known > most };
}

function remarksOf(isOwnSource: boolean, seen: number, rows: number, suspicious: boolean): string[] {
  if (isOwnSource) return ['This is the table that the model was trained on: only its hold-out was scored.'];
  if (suspicious)
    return [`The model was trained on ${seen} of these ${rows} customers: the figures are too good.`];
  return [
    `Of these ${rows} customers ${seen} ${seen === 1 ? 'looks' : 'look'} like training rows, no more than chance gives.`,
  ];
}
