/** The two real tables on which the main job is accepted, cut and learned from exactly as `train` does it. */
import assert from 'node:assert/strict';
import { stoppedClock } from '../../base/clock.ts';
import { sequentialMap } from '../../base/parallel.ts';
import { createRandom } from '../../base/random.ts';
import type { Contract } from '../../data/contract.ts';
import type { SplitSection } from '../../data/splits/section.ts';
import { metricById } from '../../evaluation/metrics/all.ts';
import { prepareSample } from '../../evaluation/sample.ts';
import { allFeatures } from '../../features/all.ts';
import { preprocessing } from '../../features/preprocess.ts';
import { preprocessSection } from '../../features/section.ts';
import { allLearnClassifiers, allLearnTransformers } from '../../learn/all.ts';
import { createCatalogue } from '../../learn/catalogue.ts';
import type { Context } from '../../learn/context.ts';
import type { Estimator, FittedClassifier } from '../../learn/definition.ts';
import { fitClassifier, score } from '../../learn/fit.ts';
import { pipeline } from '../../learn/pipeline.ts';
import { allModels } from '../../models/all.ts';
import type { Dataset } from '../../table/dataset.ts';
import { proposeContract } from '../propose-contract.ts';
import { type Parts, prepareData, splitParts } from '../train/prepare.ts';
import { featuresOf } from '../train/select-model.ts';

/** The target as `init` is told it, and the shares set aside. */
export const acceptanceTables = {
  telco: { target: { target: 'Churn' }, shares: { test: 0.15, validation: 0.15 } },
  // The bank document sets aside 0.2 of all customers, then 0.2 of the rest.
  bank: { target: { target: 'Exited', churned: 1 }, shares: { test: 0.2, validation: 0.16 } },
} as const;
export type AcceptanceTable = keyof typeof acceptanceTables;

export const acceptanceSeeds: readonly number[] = [40, 41, 42, 43, 44];

/** `golden/holdout-rows.json`, without its provenance: by seed, which part each row of the file is in. */
export type HoldoutRows = Readonly<
  Record<AcceptanceTable, { readonly rows: number; readonly parts: Readonly<Record<string, string>> }>
>;

export interface LearnableTable {
  readonly contract: Contract;
  readonly all: Dataset;
  partsOf(seed: number): Parts;
}

/** Reads a table by the contract that `init` proposes for it. */
export async function readAcceptanceTable(name: AcceptanceTable, path: string): Promise<LearnableTable> {
  const { target, shares } = acceptanceTables[name];
  const { contract } = await proposeContract({ path, source: path, ...target });
  const splitOf = (seed: number): SplitSection => ({ ...shares, by: 'stratified', seed });
  const { parts } = await prepareData(name, path, contract, splitOf(0), createRandom(0));
  return {
    contract,
    all: parts.all,
    partsOf: (seed) => splitParts(parts.all, splitOf(seed), createRandom(seed)),
  };
}

/** The part of each row, two bits a row, four rows a byte from the lowest bits up, as base64: 0, 1, 2 as listed. */
export function packParts({ all, training, validation, holdout }: Parts): string {
  const rowOf = new Map(all.ids!.map((id, row) => [id, row]));
  const bytes = new Uint8Array(Math.ceil(all.table.rowCount / 4));
  [training, validation, holdout].forEach((part, digit) => {
    for (const id of part.ids!) {
      const row = rowOf.get(id)!;
      bytes[row >> 2]! |= digit << (2 * (row & 3));
    }
  });
  return Buffer.from(bytes).toString('base64');
}

/** What `golden/holdout-rows.json` says of one table. */
export function holdoutRowsOf({ all, partsOf }: LearnableTable): HoldoutRows[AcceptanceTable] {
  const parts = acceptanceSeeds.map((seed) => [String(seed), packParts(partsOf(seed))] as const);
  return { rows: all.table.rowCount, parts: Object.fromEntries(parts) };
}

/** Every definition that a pipeline of this room can hold. */
export const acceptanceCatalogue = createCatalogue(
  [...allModels, ...allLearnClassifiers],
  [...allFeatures, ...allLearnTransformers],
);

/** The preprocessing of a new project file and a model behind it, fitted on the training part. */
export async function fitOnTraining(
  { contract }: LearnableTable,
  { training }: Parts,
  model: Estimator,
  stream: string,
): Promise<FittedClassifier> {
  const features = featuresOf({ data: contract }, training);
  const { estimator, leftOut } = preprocessing(preprocessSection.parse({}), features.table.columns);
  assert.deepEqual(leftOut, []);
  const ctx: Context = {
    random: createRandom(0).fork(stream),
    clock: stoppedClock(),
    catalogue: acceptanceCatalogue,
    map: sequentialMap(() => Promise.reject(new Error('no job expected'))),
    note: ({ code }) => assert.notEqual(code, 'model.not-converged'),
  };
  return fitClassifier(pipeline({ steps: [estimator], model }), { ...features, ids: null }, ctx);
}

/** Area under the ROC curve on the hold-out. */
export function holdoutRocAuc(fitted: FittedClassifier, { holdout }: Parts): number {
  const scores = score(fitted, holdout.table, acceptanceCatalogue);
  return metricById('roc-auc').compute(prepareSample(holdout.labels, scores, 0.5));
}
