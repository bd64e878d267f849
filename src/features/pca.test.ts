import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { z } from 'zod';
import { assertClose } from '../../golden/compare.ts';
import { columnsOut } from '../learn/fit.ts';
import { numberColumn } from '../table/column.ts';
import { type PcaState, pca } from './pca.ts';
import { featureCatalogue, fitOn, numbersOf } from './testing/fit.ts';
import { goldenSteps, numbered } from './testing/golden-steps.ts';

const cases: Record<keyof typeof goldenSteps.pca, z.input<typeof pca.params>> = {
  all: { variance: 1 },
  two: { components: 2 },
  share: { variance: 0.9 },
};

for (const [name, params] of Object.entries(cases)) {
  test(`pca: ${JSON.stringify(params)} gives the components of scikit-learn's PCA, signs included`, async () => {
    const due = goldenSteps.pca[name as keyof typeof cases];
    const trial = await fitOn(pca(params), ...numbered(goldenSteps.numbers));
    const { variances, vectors } = trial.fitted.state as PcaState;
    const close = {
      absolute: 1e-9,
      reason: 'eigenvectors of the covariance against a decomposition of the table',
    };
    assertClose(variances, due.variances, close);
    assertClose(vectors, due.vectors.flat(), close);
    const made = trial.apply(...numbered(goldenSteps.moreNumbers));
    due.vectors.forEach((_, k) => {
      assertClose(
        numbersOf(made, `pc${k + 1}`),
        due.test.map((row) => row[k]!),
        close,
      );
    });
  });
}

test('pca: every component is made of all columns', async () => {
  const trial = await fitOn(pca({ components: 1 }), ...numbered(goldenSteps.numbers));
  assert.deepEqual(columnsOut(trial.fitted, featureCatalogue), [
    { name: 'pc1', kind: 'number', from: ['c0', 'c1', 'c2', 'c3', 'c4', 'c5'] },
  ]);
});

test('pca: at most as many components as columns and rows; numbers too large to square are refused by name', async () => {
  const columns = [numberColumn('a', [1, 2]), numberColumn('b', [2, 1]), numberColumn('c', [0, 5])];
  const trial = await fitOn(pca({ components: 9 }), ...columns);
  assert.equal(trial.apply(...columns).columns.length, 2);
  await assert.rejects(fitOn(pca(), numberColumn('a', [1, 2]), numberColumn('b', [1e200, -1e200])), {
    code: 'column.not-finite',
    fields: { who: 'pca', column: 'b' },
  });
});
