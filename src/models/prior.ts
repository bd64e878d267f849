/**
 * Gives every customer the churn rate of the training rows: what any real model has to beat.
 *
 * P(churn) = weight of churned rows / weight of all rows. Columns of any kind, missing values too; none is looked at.
 * Cost O(rows). Matches `strategy='prior'` of
 * https://scikit-learn.org/stable/modules/generated/sklearn.dummy.DummyClassifier.html
 */
import { z } from 'zod';
import { defineClassifier } from '../learn/definition.ts';
import { columnKinds } from '../table/column.ts';
import { rowWeights } from './shared/row-weights.ts';

const params = z.strictObject({});

export type PriorState = { readonly churnRate: number };

export const prior = defineClassifier({
  id: 'prior',
  version: 1,
  title: 'Prior',
  params,
  tags: { kinds: columnKinds, acceptsMissing: true, acceptsWeights: true, isRandom: false },
  examples: [{ params: {} }],
  skips: [{ check: 'classifier/beats-prior', reason: 'It is the prior that the check compares with.' }],
  async fit(data): Promise<PriorState> {
    const weights = rowWeights(data, 'none');
    let total = 0;
    let churned = 0;
    for (let row = 0; row < weights.length; row++) {
      total += weights[row]!;
      if (data.labels[row] === 1) churned += weights[row]!;
    }
    return { churnRate: churned / total };
  },
  predictProba: (state, table) => new Float64Array(table.rowCount).fill(state.churnRate),
  describe: (state) =>
    `The churn rate of the training rows, ${(100 * state.churnRate).toFixed(1)}%, for every customer.`,
  simplicity: () => [0],
});
