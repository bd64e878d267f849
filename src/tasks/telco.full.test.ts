/** The main job on telco against scikit-learn: the same rows, the same preprocessing, the same penalties. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertClose, readGolden } from '../../golden/compare.ts';
import { sharedData } from '../../tools/shared-data.ts';
import { encodeFitted } from '../learn/artefact.ts';
import type { FittedClassifier } from '../learn/definition.ts';
import type { PipelineState } from '../learn/pipeline.ts';
import type { LogisticRegressionState } from '../models/logistic-regression.ts';
import { churnedCount } from '../table/dataset.ts';
import {
  acceptanceSeeds,
  fitOnTraining,
  type HoldoutRows,
  holdoutRocAuc,
  holdoutRowsOf,
  type LearnableTable,
  readAcceptanceTable,
} from './testing/acceptance-tables.ts';

interface Golden {
  readonly trainTestChurnedTrainChurnedTest: Readonly<Record<string, readonly number[]>>;
  readonly l2: Readonly<Record<string, { rocAuc: Readonly<Record<string, number>>; mean: number }>>;
  readonly weights: { seed: number; l2: Readonly<Record<string, Readonly<Record<string, number>>>> };
}

const formats = ['csv', 'parquet'] as const;
const skip = formats.every((format) => sharedData(`telco.${format}`) !== undefined)
  ? false
  : 'the real tables stand beside the project only where it is developed';
const golden = readGolden<Golden>('telco-holdout');

describe('telco', { skip }, () => {
  const tables = new Map<string, LearnableTable>();
  /** By format, l2 and seed. */
  const fits = new Map<string, { fitted: FittedClassifier; rocAuc: number }>();

  before(async () => {
    for (const format of formats) {
      const table = await readAcceptanceTable('telco', sharedData(`telco.${format}`)!);
      tables.set(format, table);
      for (const seed of acceptanceSeeds) {
        const parts = table.partsOf(seed);
        for (const l2 of Object.keys(golden.l2)) {
          const model = { id: 'logistic-regression', params: { l2: Number(l2) } };
          const fitted = await fitOnTraining(table, parts, model, `telco ${seed}`);
          fits.set(`${format} ${l2} ${seed}`, { fitted, rocAuc: holdoutRocAuc(fitted, parts) });
        }
      }
    }
  });
  after(() => {
    tables.clear();
    fits.clear();
  });

  for (const format of formats) {
    test(`telco.${format}: the rows of every part are those that scikit-learn was given`, () => {
      assert.deepEqual(holdoutRowsOf(tables.get(format)!), readGolden<HoldoutRows>('holdout-rows').telco);
    });

    test(`telco.${format}: as many customers and leavers in training and hold-out as scikit-learn saw`, () => {
      for (const seed of acceptanceSeeds) {
        const { training, holdout } = tables.get(format)!.partsOf(seed);
        assert.deepEqual(
          [
            training.table.rowCount,
            holdout.table.rowCount,
            churnedCount(training.labels),
            churnedCount(holdout.labels),
          ],
          golden.trainTestChurnedTrainChurnedTest[seed],
        );
      }
    });

    for (const [l2, theirs] of Object.entries(golden.l2)) {
      test(`telco.${format}: logistic regression at l2 ${l2} has scikit-learn's mean hold-out ROC-AUC, above 0.825`, (t) => {
        const areas = acceptanceSeeds.map((seed) => fits.get(`${format} ${l2} ${seed}`)!.rocAuc);
        const mean = areas.reduce((sum, area) => sum + area, 0) / areas.length;
        const expected = acceptanceSeeds.map((seed) => theirs.rocAuc[seed]!);
        const largest = Math.max(...areas.map((area, i) => Math.abs(area - expected[i]!)));
        t.diagnostic(
          `l2 ${l2}: ROC-AUC ${areas.map((area) => area.toFixed(6)).join(' ')}, mean ${mean.toFixed(6)}, scikit-learn ${theirs.mean.toFixed(6)}, largest difference ${largest.toExponential(1)}`,
        );
        assert.ok(mean >= 0.825, `${mean}`);
        assertClose(mean, theirs.mean, { absolute: 0.002, reason: 'the promise' });
        assertClose(areas, expected, {
          absolute: 1e-5,
          reason: 'two of 217,560 pairs whose scores are equal but for rounding may change places',
        });
      });

      test(`telco.${format}: at l2 ${l2} each weight is scikit-learn's of the same column, within 1e-6`, (t) => {
        const ours = weightsByName(fits.get(`${format} ${l2} ${golden.weights.seed}`)!.fitted);
        const expected = golden.weights.l2[l2]!;
        assert.deepEqual([...ours.keys()].sort(), Object.keys(expected).sort());
        let largest = 0;
        for (const [name, weight] of Object.entries(expected)) {
          largest = Math.max(largest, Math.abs(ours.get(name)! - weight));
          assertClose(ours.get(name)!, weight, {
            absolute: 1e-6,
            reason: `${name}: two searches end near one optimum`,
          });
        }
        t.diagnostic(`l2 ${l2}: ${ours.size} weights, largest difference ${largest.toExponential(1)}`);
      });
    }
  }

  test('telco: CSV and Parquet give the same fitted pipeline, to the byte', () => {
    for (const l2 of Object.keys(golden.l2)) {
      for (const seed of acceptanceSeeds) {
        const [csv, parquet] = formats.map((format) => fits.get(`${format} ${l2} ${seed}`)!.fitted);
        const [a, b] = [encodeFitted(csv!), encodeFitted(parquet!)];
        assert.ok(a.json === b.json && Buffer.compare(a.weights, b.weights) === 0, `l2 ${l2}, seed ${seed}`);
      }
    }
  });
});

/** What the model behind the preprocessing multiplies each column with, and the intercept. */
function weightsByName(fitted: FittedClassifier): Map<string, number> {
  const { model } = fitted.state as PipelineState;
  const { columns, coefficients, intercept } = model.state as LogisticRegressionState;
  return new Map([
    ['intercept', intercept],
    ...columns.map((name, c) => [name, coefficients[c]!] as [string, number]),
  ]);
}
