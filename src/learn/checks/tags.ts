/** Tags tell the truth. */

import { missingCount } from '../../table/column.ts';
import { takeDatasetRows } from '../../table/dataset.ts';
import type { Table } from '../../table/table.ts';
import { claim, difference, fingerprint, refusedWith } from './claim.ts';
import { soundOutput } from './edge-data.ts';
import { type Check, type Fitted, type Subject, scoreColumn } from './subject.ts';

export const tagChecks: readonly Check[] = [
  {
    id: 'tag-random',
    title: 'what says it is not random gives the same bytes for every seed',
    async run(subject) {
      if (subject.tags.isRandom) return;
      const other = await subject.fit(subject.data(), { seed: 8 });
      claim(
        fingerprint(other) === fingerprint(await subject.fitted()),
        'another seed gives another fit; say isRandom: true',
      );
    },
  },
  {
    id: 'tag-missing',
    title: 'missing values are worked with, or refused by column when the tags say so',
    async run(subject) {
      const holed = subject.data({ missing: 0.15 });
      if (subject.tags.acceptsMissing) {
        const fitted = await subject.fit(holed);
        soundOutput(subject, fitted, subject.data({ missing: 0.15, seed: 2 }).table, 'missing values');
        return;
      }
      const fitted = await subject.fitted();
      for (const [what, run] of [
        ['fitting on missing values', () => subject.fit(holed)],
        ['applying to missing values', () => subject.apply(fitted, holed.table)],
      ] as const) {
        const error = await refusedWith(what, ['column.not-finite'], subject.id, run);
        const column = holed.table.columns.find(({ name }) => name === error.fields.column);
        claim(column !== undefined, `${what}: the error must name the column`);
        claim(missingCount(column) > 0, `${what}: the error names a column without missing values`);
      }
    },
  },
  {
    id: 'weights-repeat',
    title: 'a row of weight 2 does what the row twice does, a row of weight 0 nothing',
    role: 'classifier',
    async run(subject) {
      const data = subject.data({ rows: 150 });
      const rows = data.table.rowCount;
      const weights = Float64Array.from({ length: rows }, (_, row) => row % 3);
      if (!subject.tags.acceptsWeights) {
        await refusedWith('a data set with weights', ['learn.weights'], subject.id, () =>
          subject.fit({ ...data, weights }),
        );
        return;
      }
      const repeats = Array.from({ length: rows }, (_, row) => row).flatMap((row) =>
        new Array<number>(row % 3).fill(row),
      );
      const weighted = await subject.fit({ ...data, weights });
      const repeated = await subject.fit(takeDatasetRows(data, repeats));
      const { table } = subject.data({ seed: 2 });
      if (subject.tags.isRandom) {
        // The draws differ, so single scores may; their mean over rows may not by much.
        const gap = Math.abs(meanScore(subject, weighted, table) - meanScore(subject, repeated, table));
        claim(gap < 0.08, `weights and repeated rows give mean scores ${gap} apart`);
        return;
      }
      // Two roads to one minimum of the same sum: equal but for the point where each stops.
      const found = difference(subject.apply(weighted, table), subject.apply(repeated, table), 1e-6);
      claim(found === undefined, `weighted instead of repeated, ${found}`);
    },
  },
  {
    id: 'weights-refused',
    title:
      'negative, endless and all-zero weights are refused, and those that sums and squares have no room for',
    role: 'classifier',
    async run(subject) {
      const data = subject.data();
      for (const weight of [-1, Number.POSITIVE_INFINITY, Number.NaN, 0, 1e308, 5e-324]) {
        const weights = new Float64Array(data.table.rowCount).fill(weight);
        await refusedWith(`weights of ${weight}`, ['learn.weights'], subject.id, () =>
          subject.fit({ ...data, weights }),
        );
      }
    },
  },
];

function meanScore(subject: Subject, fitted: Fitted, table: Table): number {
  const column = subject.apply(fitted, table).columns.find(({ name }) => name === scoreColumn);
  claim(column?.kind === 'number', 'a classifier gives scores');
  return column.values.reduce((sum, value) => sum + value, 0) / table.rowCount;
}
