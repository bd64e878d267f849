/** A row's result is its own affair: no other row of the batch has a say. */
import { createRandom } from '../../base/random.ts';
import { takeRows } from '../../table/table.ts';
import { claim, difference } from './claim.ts';
import type { Check } from './subject.ts';

export const rowChecks: readonly Check[] = [
  {
    id: 'row-alone',
    title: 'a row gives the same alone as in a batch',
    async run(subject) {
      const fitted = await subject.fitted();
      const { table } = subject.data({ seed: 2 });
      const together = subject.apply(fitted, table);
      for (let row = 0; row < table.rowCount; row += 7) {
        const found = difference(subject.apply(fitted, takeRows(table, [row])), takeRows(together, [row]));
        claim(found === undefined, `row ${row} alone and in a batch: ${found}`);
      }
    },
  },
  {
    id: 'row-order',
    title: 'rows in another order give the same, in that order',
    async run(subject) {
      const fitted = await subject.fitted();
      const { table } = subject.data({ seed: 2 });
      const order = shuffledRows(table.rowCount);
      const found = difference(
        subject.apply(fitted, takeRows(table, order)),
        takeRows(subject.apply(fitted, table), order),
      );
      claim(found === undefined, `with the rows in another order ${found}`);
    },
  },
  {
    id: 'other-rows',
    title: 'a row gives the same whatever other rows stand beside it',
    async run(subject) {
      const fitted = await subject.fitted();
      const { table } = subject.data({ seed: 2, rows: 40 });
      const expected = subject.apply(fitted, table);
      // Company of quite another sort: few rows many times, so every statistic of the batch moves.
      const crowd = Array.from({ length: 200 }, (_, i) => i % 3);
      const own = Array.from({ length: table.rowCount }, (_, row) => row);
      const crowded = subject.apply(fitted, takeRows(table, [...own, ...crowd]));
      const found = difference(takeRows(crowded, own), expected);
      claim(found === undefined, `with other rows in the batch ${found}: test rows leak into each other`);
    },
  },
];

/** All rows of a table in one fixed other order. */
export const shuffledRows = (rowCount: number): Int32Array =>
  createRandom(3).shuffle(Int32Array.from({ length: rowCount }, (_, row) => row));
