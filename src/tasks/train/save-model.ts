/** Puts together everything a saved model holds. What names time, place or identity goes to the manifest alone. */
import { sha256 } from '../../base/hash.ts';
import { canonicalJson } from '../../base/plain.ts';
import type { Random } from '../../base/random.ts';
import { makeReference } from '../../drift/reference.ts';
import { referenceDateOf } from '../../features/days-since.ts';
import type { Note } from '../../learn/context.ts';
import { score } from '../../learn/fit.ts';
import { goldenJson, makeGoldenRows } from '../../learn/golden-rows.ts';
import { searchPlan } from '../../selection/section.ts';
import type { Dataset } from '../../table/dataset.ts';
import { customerKeys } from '../customer-keys.ts';
import { buildHashFilter } from '../hash-filter.ts';
import type { ManifestDraft } from '../manifest.ts';
import type { Identity, ModelDraft, WorkPorts } from '../ports.ts';
import type { CalibratedModel } from './calibrate-model.ts';
import type { Stability } from './cross-validate-winner.ts';
import type { Judgement } from './judge-model.ts';
import { learnedPreprocessing, stepsWithin } from './learned-preprocessing.ts';
import type { PreparedData } from './prepare.ts';
import { referenceRows } from './reference-rows.ts';
import { featuresOf } from './select-model.ts';
import type { TrainSpec } from './spec.ts';

export interface Run {
  readonly spec: TrainSpec;
  readonly prepared: PreparedData;
  readonly selected: CalibratedModel;
  readonly stability: Stability | undefined;
  readonly judgement: Judgement;
  readonly notes: readonly Note[];
  readonly id: string;
  readonly label: string;
  /** ISO time. */
  readonly created: string;
}

/** Everything but the pages: the parts that are equal to the byte for equal data, file and seed, and the manifest. */
export function draftModel(
  run: Run,
  random: Random,
  identity: Identity,
  ports: WorkPorts,
): Omit<ModelDraft, 'card' | 'report'> {
  const { spec, prepared, selected } = run;
  const { fitted } = selected;
  const training = featuresOf(spec, prepared.parts.training);
  const golden = makeGoldenRows(
    fitted.inputs.map(({ name, kind }) => {
      const { levels, closed, nullable, min, max } = spec.data.columns[name]!;
      return { name, kind, levels, closed, nullable, min, max };
    }),
    random.fork('golden'),
  );
  return {
    fitted,
    reference: makeReference(training.table, selected.outOfFold),
    rows:
      spec.reference === 'rows'
        ? referenceRows(training.table, spec.data.columns, random.fork('reference-rows'))
        : null,
    golden: goldenJson(golden, score(fitted, golden, ports.catalogue)),
    manifest: draftManifest(run, identity, ports),
  };
}

function draftManifest(run: Run, identity: Identity, ports: WorkPorts): ManifestDraft {
  const { spec, prepared, selected, stability, judgement, notes } = run;
  const { parts, source } = prepared;
  const chosen = selected.leaderboard.find((row) => row.chosen)!;
  const { holdout, validation, gap, threshold, bands, gate, further, fairness, conformal, certainty } =
    judgement;
  return {
    model: {
      id: run.id,
      label: run.label,
      name: spec.project,
      author: spec.author,
      description: spec.description,
    },
    created: run.created,
    versions: identity.versions,
    lockHash: identity.lockHash,
    machine: identity.machine,
    contract: spec.data,
    data: {
      source: spec.data.source,
      rows: source.rows,
      schemaHash: sha256(canonicalJson(spec.data.columns)),
      contentHash: source.hash,
      parts: prepared.parting,
    },
    hashFilter: hashFilterOf([parts.training, parts.validation]),
    referenceDate: spec.data.referenceDate ?? referenceDateOf(stepsWithin(selected.uncalibrated)[0]!),
    preprocessing: learnedPreprocessing(selected.uncalibrated, ports.catalogue),
    candidates: searchPlan(spec.train).candidates,
    leaderboard: selected.leaderboard,
    search: selected.search,
    metrics: {
      holdout,
      validation,
      crossValidation: { metric: chosen.metric, mean: chosen.mean, sd: chosen.sd },
      ...(stability && { stability }),
      gap,
      further,
      certainty,
    },
    fairness: [...fairness],
    threshold,
    bands,
    calibration: selected.calibration,
    conformal,
    gate,
    seed: spec.split.seed,
    notes: [...notes],
    project: spec.resolved as object,
  };
}

/** The customers that the model, its threshold or its bands have learned from. */
function hashFilterOf(learnedFrom: readonly Dataset[]) {
  const of = learnedFrom.every((part) => part.ids) ? 'id' : 'row';
  return buildHashFilter(
    learnedFrom.flatMap((part) => [...customerKeys(part, of)]),
    of,
  );
}
