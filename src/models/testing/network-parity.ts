/** The network beside scikit-learn's on the real tables: mean area under ROC over the splits and so many first weights. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readGolden } from '../../../golden/compare.ts';
import { createCatalogue } from '../../learn/catalogue.ts';
import { score } from '../../learn/fit.ts';
import { mlp } from '../mlp.ts';
import { meanOf, noChurnTables, type ReferenceTable, referenceSplit } from './churn-tables.ts';
import { areaUnderRoc, fitOn } from './fit.ts';

const tables = readGolden<Record<'bank' | 'telco', ReferenceTable>>('models-reference');
const golden = readGolden<Record<'bank' | 'telco', { network: { mean: number } }> & { splits: number }>(
  'models-depth-reference',
);
const catalogue = createCatalogue([mlp], []);

/** Registers a test a table. A single pair of runs differs by 0.01, so the means decide. */
export function testNetworkParity(states: number): void {
  for (const name of ['bank', 'telco'] as const) {
    test(`mlp: on ${name} the mean area under ROC over ${states} first weights a split is scikit-learn's within 0.005`, {
      skip: noChurnTables,
    }, async (t) => {
      const areas: number[] = [];
      for (let seed = 0; seed < golden.splits; seed++) {
        const { train, test: held } = referenceSplit(name, tables[name], seed, true);
        for (let state = 0; state < states; state++) {
          const { fitted } = await fitOn(mlp, mlp({ hidden: [64] }), train, 1000 * seed + state);
          areas.push(areaUnderRoc(held.labels, score(fitted, held.table, catalogue)));
        }
      }
      const due = golden[name].network.mean;
      t.diagnostic(`${name}: ours ${meanOf(areas).toFixed(5)}, scikit-learn ${due.toFixed(5)}`);
      assert.ok(Math.abs(meanOf(areas) - due) <= 0.005, `differs by ${meanOf(areas) - due}`);
    });
  }
}
