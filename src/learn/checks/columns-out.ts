/** What a step says it makes is what it makes, and of what. */
import { takeRows } from '../../table/table.ts';
import { columnsOut, fitAndTransform } from '../fit.ts';
import { claim, fingerprint } from './claim.ts';
import { type Check, checkContext } from './subject.ts';

export const columnsOutChecks: readonly Check[] = [
  {
    id: 'columns-out',
    title: 'columnsOut names the columns and kinds that transform gives, in that order',
    role: 'transformer',
    async run(subject) {
      const fitted = await subject.fitted();
      claim(fitted.role === 'transformer', 'fitTransformer gives a fitted transformer');
      const said = columnsOut(fitted, subject.catalogue).map(({ name, kind }) => `${name}: ${kind}`);
      const usual = subject.data({ seed: 2 }).table;
      for (const table of [subject.data().table, usual, takeRows(usual, [0]), takeRows(usual, [])]) {
        const made = subject.apply(fitted, table).columns.map(({ name, kind }) => `${name}: ${kind}`);
        claim(
          made.join(', ') === said.join(', '),
          `columnsOut says ${said.join(', ')}; transform of ${table.rowCount} rows gives ${made.join(', ')}`,
        );
      }
    },
  },
  {
    id: 'columns-from',
    title: 'every column made names at least one column it is made of, all among the inputs',
    role: 'transformer',
    async run(subject) {
      const fitted = await subject.fitted();
      claim(fitted.role === 'transformer', 'fitTransformer gives a fitted transformer');
      const inputs = new Set(fitted.inputs.map(({ name }) => name));
      for (const { name, from } of columnsOut(fitted, subject.catalogue)) {
        claim(from.length > 0, `${name} is made of nothing`);
        claim(new Set(from).size === from.length, `${name} names a source twice`);
        const stranger = from.find((source) => !inputs.has(source));
        claim(stranger === undefined, `${name} is made of ${stranger}, which is no input`);
      }
    },
  },
  {
    id: 'columns-from-whole',
    title: 'a column depends on no other columns than those it names',
    role: 'transformer',
    async run(subject) {
      const fitted = await subject.fitted();
      claim(fitted.role === 'transformer', 'fitTransformer gives a fitted transformer');
      const { table } = subject.data({ seed: 2 });
      const before = subject.apply(fitted, table);
      const said = columnsOut(fitted, subject.catalogue);
      const rotated = Array.from({ length: table.rowCount }, (_, row) => (row + 11) % table.rowCount);
      const moved = takeRows(table, rotated);
      for (const [i, input] of table.columns.entries()) {
        const other = { ...table, columns: table.columns.with(i, moved.columns[i]!) };
        const after = subject.apply(fitted, other);
        for (const [c, { name, from }] of said.entries()) {
          if (from.includes(input.name)) continue;
          const same = sameBits(before.columns[c], after.columns[c]);
          claim(same, `${name} changes with ${input.name}, which is not among its sources`);
        }
      }
    },
  },
  {
    id: 'training-rows',
    title: 'fitting with the training rows gives the same state, and of them the columns of columnsOut',
    role: 'transformer',
    async run(subject) {
      const data = subject.data();
      const estimator = subject.estimator;
      const made = await fitAndTransform(estimator, data, checkContext(subject.catalogue));
      const fitted = await subject.fitted();
      claim(fitted.role === 'transformer', 'fitTransformer gives a fitted transformer');
      claim(sameBits(made.fitted, fitted), 'fitTransform gives another state than fit');
      const said = columnsOut(fitted, subject.catalogue).map(({ name, kind }) => `${name}: ${kind}`);
      const got = made.data.table.columns.map(({ name, kind }) => `${name}: ${kind}`);
      claim(got.join() === said.join(), `columnsOut says ${said}; the training rows become ${got}`);
      claim(made.data.table.rowCount === data.table.rowCount, 'training rows are lost or added');
      claim(sameBits(made.data.labels, data.labels), 'fitTransform changes the labels');
    },
  },
];

const sameBits = (a: unknown, b: unknown): boolean => fingerprint(a) === fingerprint(b);
