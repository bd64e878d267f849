/** Columns are found by name; what is missing or of the wrong kind is refused by name. */
import { type Column, categoryColumn, columnKinds, numberColumn, renamed } from '../../table/column.ts';
import { withTable } from '../../table/dataset.ts';
import { createTable, type Table } from '../../table/table.ts';
import { claim, difference, refusedWith } from './claim.ts';
import { exampleData } from './data.ts';
import type { Check } from './subject.ts';

export const columnChecks: readonly Check[] = [
  {
    id: 'column-order',
    title: 'columns in another order give the same',
    async run(subject) {
      const fitted = await subject.fitted();
      const { table } = subject.data({ seed: 2 });
      const reversed = createTable([...table.columns].reverse(), table.rowCount);
      const found = difference(subject.apply(fitted, reversed), subject.apply(fitted, table));
      claim(found === undefined, `with the columns in another order ${found}`);
    },
  },
  {
    id: 'extra-column',
    title: 'a column it was not fitted on is ignored',
    async run(subject) {
      const fitted = await subject.fitted();
      const { table } = subject.data({ seed: 2 });
      const stranger = numberColumn('stranger', new Float64Array(table.rowCount).fill(Number.NaN));
      const found = difference(
        subject.apply(fitted, createTable([stranger, ...table.columns])),
        subject.apply(fitted, table),
      );
      claim(found === undefined, `with one column more ${found}`);
    },
  },
  {
    id: 'missing-column',
    title: 'each column it was fitted on and does not get is named',
    async run(subject) {
      const fitted = await subject.fitted();
      const { table } = subject.data({ seed: 2 });
      for (const { name } of fitted.inputs) {
        const without = createTable(
          table.columns.filter((column) => column.name !== name),
          table.rowCount,
        );
        const what = `a table without ${name}`;
        const error = await refusedWith(what, ['column.missing'], subject.id, () =>
          subject.apply(fitted, without),
        );
        claim(error.fields.column === name, `${what}: the error must name the column`);
      }
    },
  },
  {
    id: 'wrong-kind',
    title: 'each column of another kind than it was fitted on is named',
    async run(subject) {
      const fitted = await subject.fitted();
      const { table } = subject.data({ seed: 2 });
      for (const { name, kind } of fitted.inputs) {
        const what = `a ${kind} column ${name} of another kind`;
        const error = await refusedWith(what, ['column.kind'], subject.id, () =>
          subject.apply(fitted, replaceColumn(table, wrongKind(name, kind, table.rowCount))),
        );
        claim(error.fields.column === name, `${what}: the error must name the column`);
      }
    },
  },
  {
    id: 'kinds-tag',
    title: 'fitting refuses the kinds of columns that its tags leave out',
    async run(subject) {
      const data = subject.data();
      for (const kind of columnKinds.filter((each) => !subject.tags.kinds.includes(each))) {
        const [column] = exampleData({ kinds: [kind] }).table.columns;
        const table = createTable([...data.table.columns, renamed(column!, 'stranger')], data.table.rowCount);
        const what = `fitting on a column of kind ${kind}`;
        const error = await refusedWith(what, ['column.kind'], subject.id, () =>
          subject.fit(withTable(data, table)),
        );
        claim(error.fields.column === 'stranger', `${what}: the error must name the column`);
      }
    },
  },
];

const wrongKind = (name: string, kind: Column['kind'], rows: number): Column =>
  kind === 'number'
    ? categoryColumn(name, new Array<string>(rows).fill('x'))
    : numberColumn(name, new Float64Array(rows));

const replaceColumn = (table: Table, by: Column): Table =>
  createTable(table.columns.map((column) => (column.name === by.name ? by : column)));
