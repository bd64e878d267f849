import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { assertClose } from '../../golden/compare.ts';
import { columnRouter } from '../learn/column-router.ts';
import { fitAndTransform, fitTransformer, transform } from '../learn/fit.ts';
import { categoryColumn } from '../table/column.ts';
import { createDataset, takeDatasetRows } from '../table/dataset.ts';
import { createTable, takeRows } from '../table/table.ts';
import { innerFolds, type TargetEncodeState, targetEncode } from './target-encode.ts';
import { featureCatalogue, fitOnData, numbersOf, testContext, valuesOf } from './testing/fit.ts';
import { goldenSteps, levels } from './testing/golden-steps.ts';

const data = createDataset(createTable([levels(goldenSteps.train)]), goldenSteps.labels);
const smoothing = { auto: 'auto', none: 0, ten: 10 } as const;

for (const [name, smooth] of Object.entries(smoothing)) {
  test(`target-encode: smooth ${smooth} gives the rates of scikit-learn's TargetEncoder, seen and unseen rows`, async () => {
    const due = goldenSteps.target[name as keyof typeof smoothing];
    const trial = await fitOnData(targetEncode({ smooth }), data);
    const [encoding] = (trial.fitted.state as TargetEncodeState).columns;
    assert.deepEqual(encoding!.levels, due.levels);
    const close = { absolute: 1e-14, reason: 'sums in another order' };
    assertClose([encoding!.prior], [due.prior], close);
    assertClose(encoding!.rates, due.rates, close);
    assertClose(numbersOf(trial.apply(levels(goldenSteps.test)), 'level'), due.test, close);
  });
}

test('target-encode: missing and unseen levels get the general rate', async () => {
  const table = createTable([categoryColumn('plan', ['a', 'a', 'b', null])]);
  const trial = await fitOnData(targetEncode({ smooth: 0 }), createDataset(table, [1, 0, 0, 0]));
  assert.deepEqual(
    valuesOf(trial.apply(categoryColumn('plan', ['a', 'b', 'new', null]))).plan,
    [0.5, 0, 0.25, 0.25],
  );
});

test('target-encode: every training row is encoded by a fit on the rows outside its inner fold, and by nothing else', async () => {
  const ctx = testContext();
  const made = numbersOf((await fitAndTransform(targetEncode(), data, ctx)).data.table, 'level');
  const folds = innerFolds(data, 5, ctx.random);
  for (let fold = 0; fold < 5; fold++) {
    const rows = [...folds.keys()];
    const own = rows.filter((row) => folds[row] === fold);
    const others = takeDatasetRows(
      data,
      rows.filter((row) => folds[row] !== fold),
    );
    const fitted = await fitTransformer(targetEncode(), others, ctx);
    const due = numbersOf(transform(fitted, takeRows(data.table, own), featureCatalogue), 'level');
    assert.deepEqual(
      own.map((row) => made[row]),
      [...due],
    );
  }
});

test('target-encode: a level for each row tells nothing of the label in training, where plain encoding tells all', async () => {
  const rows = 200;
  const labels = Uint8Array.from({ length: rows }, (_, row) => Number(row % 4 === 0));
  const unique = createDataset(
    createTable([
      categoryColumn(
        'id',
        Array.from({ length: rows }, (_, row) => `customer ${row}`),
      ),
    ]),
    labels,
  );
  const made = await fitAndTransform(targetEncode({ smooth: 0 }), unique, testContext());
  const crossed = numbersOf(made.data.table, 'id');
  const plain = numbersOf(transform(made.fitted, unique.table, featureCatalogue), 'id');
  assert.deepEqual([...plain], [...labels]);
  // 40 churned of 160 in every complement: the same rate for all.
  assert.deepEqual(new Set(crossed), new Set([0.25]));
});

test('target-encode: the column router hands the cross-fitted rows on', async () => {
  const ctx = testContext();
  const router = columnRouter({ routes: [{ columns: ['level'], steps: [targetEncode()] }] });
  const { fitted, data: made } = await fitAndTransform(router, data, ctx);
  const plain = transform(fitted, data.table, featureCatalogue);
  const differing = numbersOf(made.table, 'level').filter(
    (value, row) => value !== numbersOf(plain, 'level')[row],
  );
  assert.ok(differing.length > 200);
});

test('inner folds: rows of a group are encoded by other groups, unless there are fewer groups than folds', () => {
  const labels = Uint8Array.from({ length: 60 }, (_, row) => (row % 3 === 0 ? 1 : 0));
  const foldsOf = (count: number | null) => {
    const groups = count === null ? null : Int32Array.from(labels, (_, row) => row % count);
    return innerFolds({ labels, groups }, 5, testContext().random);
  };
  const dealt = foldsOf(20);
  assert.equal(new Set(dealt).size, 5);
  for (let row = 20; row < 60; row++) assert.equal(dealt[row], dealt[row % 20]);
  assert.deepEqual(foldsOf(4), foldsOf(null));
});

test('inner folds: for any labels each outcome is dealt evenly', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 2, max: 7 }),
      (labels, folds) => {
        const dealt = innerFolds(
          { labels: Uint8Array.from(labels), groups: null },
          folds,
          testContext().random,
        );
        for (const outcome of [0, 1]) {
          const counts = Array.from(
            { length: folds },
            (_, fold) => dealt.filter((each, row) => each === fold && labels[row] === outcome).length,
          );
          assert.ok(Math.max(...counts) - Math.min(...counts) <= 1);
        }
      },
    ),
  );
});
