/** The same question gets the same answer, to the bit. */

import { byCodeUnit } from '../../table/column.ts';
import { takeDatasetRows, withTable } from '../../table/dataset.ts';
import { createTable, requireColumn, type Table } from '../../table/table.ts';
import { claim, difference, fingerprint } from './claim.ts';
import { shuffledRows } from './rows.ts';
import { type Check, scoreColumn } from './subject.ts';

export const determinismChecks: readonly Check[] = [
  {
    id: 'same-seed-same-bytes',
    title: 'two fits with the same seed are equal to the byte',
    async run(subject) {
      const again = await subject.fit(subject.data());
      claim(
        fingerprint(again) === fingerprint(await subject.fitted()),
        'two fits with the same seed differ; draw only from ctx.random',
      );
    },
  },
  {
    id: 'worker-order',
    title: 'the order in which parallel jobs end does not matter',
    async run(subject) {
      const reversed = await subject.fit(subject.data(), { reversed: true });
      claim(
        fingerprint(reversed) === fingerprint(await subject.fitted()),
        'the fit depends on the order in which jobs of ctx.map are done; give each job its own stream',
      );
    },
  },
  {
    id: 'fit-row-order',
    title: 'what is not random does not depend on the order of the training rows',
    async run(subject) {
      if (subject.tags.isRandom) return;
      const data = subject.data();
      const shuffled = await subject.fit(takeDatasetRows(data, shuffledRows(data.table.rowCount)));
      // Sums over rows in another order differ in their last bits, and a minimiser stops elsewhere.
      const found = difference(
        subject.apply(shuffled, data.table),
        subject.apply(await subject.fitted(), data.table),
        1e-6,
      );
      claim(found === undefined, `fitted on the same rows in another order, ${found}`);
    },
  },
  {
    id: 'fit-column-order',
    title: 'what is not random does not depend on the order of the training columns',
    async run(subject) {
      if (subject.tags.isRandom) return;
      const data = subject.data();
      const reversed = createTable([...data.table.columns].reverse(), data.table.rowCount);
      const other = byName(subject.apply(await subject.fit(withTable(data, reversed)), data.table));
      const due = byName(subject.apply(await subject.fitted(), data.table));
      const found = difference(other, due, 1e-6);
      if (found === undefined) return;
      // Where two columns part the rows equally well a tree takes the first, so single scores may move.
      claim(subject.role === 'classifier', `fitted on the same columns in another order, ${found}`);
      const distance = meanDistance(other, due);
      claim(distance < 0.15, `fitted on the same columns in another order, scores move by ${distance}`);
    },
  },
];

const byName = (table: Table): Table => ({
  ...table,
  columns: [...table.columns].sort((a, b) => byCodeUnit(a.name, b.name)),
});

function meanDistance(other: Table, due: Table): number {
  const values = (table: Table): Float64Array => requireColumn('check', table, scoreColumn, 'number').values;
  const before = values(due);
  return values(other).reduce((sum, value, row) => sum + Math.abs(value - before[row]!), 0) / before.length;
}
