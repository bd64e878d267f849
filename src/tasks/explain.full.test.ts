/** Explanations of real customers: every model family on the hold-out of telco. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { sharedData } from '../../tools/shared-data.ts';
import { backgroundOf } from '../drift/background.ts';
import { makeReference } from '../drift/reference.ts';
import { attribute } from '../explain/attribution.ts';
import { lime, strongestColumns } from '../explain/lime.ts';
import { scorerOf } from '../explain/score-table.ts';
import { score } from '../learn/fit.ts';
import { logit } from '../math/sigmoid.ts';
import { type Table, takeRows } from '../table/table.ts';
import {
  acceptanceCatalogue,
  fitOnTraining,
  type LearnableTable,
  readAcceptanceTable,
} from './testing/acceptance-tables.ts';
import type { Parts } from './train/prepare.ts';

const skip =
  sharedData('telco.csv') !== undefined
    ? false
    : 'the real tables stand beside the project only where it is developed';
const models = [
  { id: 'logistic-regression', params: { l2: 1 } },
  { id: 'random-forest', params: { trees: 100, maxDepth: 10 } },
  { id: 'gradient-boosting', params: {} },
  { id: 'mlp', params: {} },
];
/** Of 1,057; each is explained five times over by LIME. */
const explained = 150;

describe('explanations on telco', { skip }, () => {
  let table: LearnableTable;
  let parts: Parts;
  let typical: Table;
  let rows: Table;
  before(async () => {
    table = await readAcceptanceTable('telco', sharedData('telco.csv')!);
    parts = table.partsOf(42);
    typical = backgroundOf(makeReference(parts.training.table, new Float64Array(0)));
    rows = takeRows(
      parts.holdout.table,
      Int32Array.from({ length: explained }, (_, i) => i * 7),
    );
  });

  for (const model of models) {
    test(`${model.id}: SHAP adds up within 1e-9, and LIME agrees with it in sign on the top three in 90% of the rows`, async (t) => {
      const fitted = await fitOnTraining(table, parts, model, `explain ${model.id}`);
      const shap = attribute(fitted, rows, typical, acceptanceCatalogue);
      const scores = score(fitted, rows, acceptanceCatalogue);
      const width = shap.columns.length;
      let worst = 0;
      let agreeing = 0;
      let fit = 0;
      let jaccard = 0;
      for (let row = 0; row < explained; row++) {
        const own = shap.values.subarray(row * width, (row + 1) * width);
        const total = own.reduce((sum, value) => sum + value, shap.base);
        const p = scores[row]!;
        worst = Math.max(worst, Math.abs(total - (shap.link === 'logit' ? logit(p) : p)));
        const local = lime(scorerOf(fitted, acceptanceCatalogue), rows, row, typical, shap.columns);
        fit += local.localFit / explained;
        jaccard += local.stability.jaccard / explained;
        const top = strongestColumns(own).slice(0, 3);
        if (top.every((c) => Math.sign(own[c]!) === Math.sign(local.values[c]!))) agreeing++;
      }
      t.diagnostic(
        `${model.id}: ${shap.method} in ${shap.link}, largest gap ${worst.toExponential(1)}; LIME agrees in ${agreeing} of ${explained} rows, mean local fit ${fit.toFixed(3)}, mean Jaccard of the top five ${jaccard.toFixed(3)}`,
      );
      assert.ok(worst < 1e-9, `${worst}`);
      assert.ok(agreeing >= 0.9 * explained, `${agreeing} of ${explained}`);
    });
  }
});
