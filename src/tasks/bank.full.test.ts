/** The main job on the bank table: the bank document's forest against scikit-learn's on the same rows. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { assertClose, readGolden } from '../../golden/compare.ts';
import { sharedData } from '../../tools/shared-data.ts';
import { churnedCount } from '../table/dataset.ts';
import { columnNames } from '../table/table.ts';
import {
  acceptanceSeeds,
  fitOnTraining,
  type HoldoutRows,
  holdoutRocAuc,
  holdoutRowsOf,
  type LearnableTable,
  readAcceptanceTable,
} from './testing/acceptance-tables.ts';
import { featuresOf } from './train/select-model.ts';

interface Golden {
  readonly features: readonly string[];
  readonly trainTestChurnedTrainChurnedTest: Readonly<Record<string, readonly number[]>>;
  readonly forest: {
    readonly params: Readonly<
      Record<'n_estimators' | 'max_depth' | 'min_samples_split' | 'min_samples_leaf', number>
    >;
    readonly states: number;
    readonly splitMeans: readonly number[];
    readonly mean: number;
    /** Standard deviation between random states of one split, averaged over the splits. */
    readonly sdOfStates: number;
  };
}

const path = sharedData('bank.csv');
const skip = path ? false : 'the real tables stand beside the project only where it is developed';
const golden = readGolden<Golden>('bank-forest');

describe('bank', { skip }, () => {
  let table: LearnableTable;
  before(async () => {
    table = await readAcceptanceTable('bank', path!);
  });

  test('bank: the rows of every part are those that scikit-learn was given', () => {
    assert.deepEqual(holdoutRowsOf(table), readGolden<HoldoutRows>('holdout-rows').bank);
  });

  test('bank: RowNumber, CustomerId and Surname are left out, the rest is what scikit-learn learned from', () => {
    const { contract, all } = table;
    assert.equal(contract.id, 'CustomerId');
    const unused = Object.keys(contract.columns).filter((name) => contract.columns[name]!.use !== 'feature');
    assert.deepEqual(unused, ['RowNumber', 'Surname']);
    const learned = columnNames(featuresOf({ data: contract }, all).table);
    assert.deepEqual(learned.toSorted(), golden.features.toSorted());
  });

  test('bank: as many customers and leavers in training and hold-out as scikit-learn saw', () => {
    for (const seed of acceptanceSeeds) {
      const { training, holdout } = table.partsOf(seed);
      const rows = [training.table.rowCount, holdout.table.rowCount];
      const churned = [churnedCount(training.labels), churnedCount(holdout.labels)];
      assert.deepEqual([...rows, ...churned], golden.trainTestChurnedTrainChurnedTest[seed]);
    }
  });

  test("bank: the forest's mean hold-out ROC-AUC over 5 splits of 5 states is within 0.005 of scikit-learn's", async (t) => {
    const { params, states, splitMeans, mean: theirs, sdOfStates } = golden.forest;
    const forest = {
      id: 'random-forest',
      params: {
        trees: params.n_estimators,
        maxDepth: params.max_depth,
        minSplit: params.min_samples_split,
        minLeaf: params.min_samples_leaf,
      },
    };
    const startedAt = performance.now();
    const areas: number[][] = [];
    for (const seed of acceptanceSeeds) {
      const parts = table.partsOf(seed);
      const ofSplit: number[] = [];
      for (let state = 0; state < states; state++) {
        const fitted = await fitOnTraining(table, parts, forest, `bank ${seed} ${state}`);
        ofSplit.push(holdoutRocAuc(fitted, parts));
      }
      areas.push(ofSplit);
    }
    const ours = areas.map(meanOf);
    const mean = meanOf(ours);
    const milliseconds = (performance.now() - startedAt) / areas.flat().length;
    t.diagnostic(
      `${areas.flat().length} fits of ${milliseconds.toFixed(0)} ms: ROC-AUC by split ${ours.map((area) => area.toFixed(5)).join(' ')}, mean ${mean.toFixed(5)}, scikit-learn ${theirs.toFixed(5)}, difference ${(mean - theirs).toFixed(5)}`,
    );
    assertClose(mean, theirs, {
      absolute: 0.005,
      reason: 'two forests of one rule draw other rows and columns; the promise',
    });
    assertClose(ours, splitMeans, {
      absolute: 6 * sdOfStates * Math.sqrt(2 / states),
      reason: 'six standard errors of the difference between two means of five random states',
    });
  });
});

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
