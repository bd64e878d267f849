/** Data at the edge of sense gives a sound result or a coded error, never NaN and never a crash. */
import { type Column, columnLength, isMissing, numberColumn, takeFromColumn } from '../../table/column.ts';
import { type Dataset, takeDatasetRows, withTable } from '../../table/dataset.ts';
import { createTable, findColumn, type Table, takeRows } from '../../table/table.ts';
import { columnsOut, describe } from '../fit.ts';
import { claim, difference, infiniteValue, refusedWith, soundOrCoded } from './claim.ts';
import type { Check, Fitted, Subject } from './subject.ts';

export const edgeDataChecks: readonly Check[] = [
  {
    id: 'no-rows-to-apply',
    title: 'a table without rows gives a result without rows',
    async run(subject) {
      const fitted = await subject.fitted();
      const due = subject.apply(fitted, subject.data().table);
      const got = subject.apply(fitted, takeRows(subject.data().table, []));
      const found = difference(got, takeRows(due, []));
      claim(found === undefined, `a table without rows gives ${found}`);
    },
  },
  {
    id: 'no-rows-to-fit',
    title: 'fitting on no rows is refused',
    async run(subject) {
      await refusedWith('fitting on no rows', ['learn.no-rows'], subject.id, () =>
        subject.fit(takeDatasetRows(subject.data(), [])),
      );
    },
  },
  {
    id: 'one-row-to-fit',
    title: 'fitting on one row gives a sound result or a coded error',
    run: (subject) => soundFit(subject, 'one row', takeDatasetRows(subject.data(), [3])),
  },
  {
    id: 'two-rows-to-fit',
    title: 'fitting on two rows gives a sound result or a coded error',
    async run(subject) {
      const data = subject.data();
      const rows = [data.labels.indexOf(0), data.labels.indexOf(1)];
      await soundFit(subject, 'two rows', takeDatasetRows(data, rows));
    },
  },
  {
    id: 'one-class',
    title: 'labels of one outcome are refused by models and do not trouble steps',
    async run(subject) {
      const data = subject.data();
      for (const label of [0, 1]) {
        const single = { ...data, labels: new Uint8Array(data.labels.length).fill(label) };
        const what = `fitting on labels of ${label} only`;
        if (subject.role === 'classifier')
          await refusedWith(what, ['learn.one-class'], subject.id, () => subject.fit(single));
        else await soundFit(subject, what, single);
      }
    },
  },
  {
    id: 'constant-columns',
    title: 'columns that hold one value give a sound result or a coded error',
    async run(subject) {
      const data = subject.data();
      for (const column of data.table.columns) {
        const constant = takeFromColumn(column, new Int32Array(data.table.rowCount).fill(3));
        await soundFit(
          subject,
          `a constant column ${column.name}`,
          withTable(data, replaced(data.table, constant)),
        );
      }
      const all = data.table.columns.map((column) =>
        takeFromColumn(column, new Int32Array(data.table.rowCount).fill(3)),
      );
      await soundFit(subject, 'constant columns only', withTable(data, createTable(all)));
    },
  },
  {
    id: 'all-missing-columns',
    title: 'columns without any value give a sound result or a coded error',
    async run(subject) {
      const data = subject.data();
      for (const column of data.table.columns) {
        const table = replaced(data.table, withoutValues(column));
        await soundFit(subject, `a column ${column.name} without values`, withTable(data, table));
      }
      const none = createTable(data.table.columns.map(withoutValues));
      await soundFit(subject, 'columns without values only', withTable(data, none));
      const fitted = await subject.fitted();
      await soundApply(subject, fitted, none, 'columns without values only');
    },
  },
  {
    id: 'no-columns',
    title: 'a table without columns gives a sound result or a coded error',
    async run(subject) {
      const data = subject.data();
      await soundFit(subject, 'no columns', withTable(data, createTable([], data.table.rowCount)));
    },
  },
  {
    id: 'unseen-level',
    title: 'a level that training did not see gives a sound result or a coded error',
    async run(subject) {
      const fitted = await subject.fitted();
      const { table } = subject.data({ seed: 2 });
      const strange = table.columns.map((column) =>
        column.kind === 'category'
          ? {
              ...column,
              levels: column.levels.map((level, code) => (code === 0 ? 'never seen before' : level)),
            }
          : column,
      );
      await soundApply(subject, fitted, createTable(strange), 'an unseen level');
    },
  },
  {
    id: 'level-order',
    title: 'levels are known by name: another list of levels for the same values gives the same',
    async run(subject) {
      const fitted = await subject.fitted();
      const { table } = subject.data({ seed: 2 });
      const relisted = table.columns.map((column) => {
        if (column.kind !== 'category') return column;
        const levels = ['unused', ...[...column.levels].reverse()];
        const codes = column.codes.map((code) => (code < 0 ? code : column.levels.length - code));
        return { ...column, levels, codes };
      });
      const found = difference(
        subject.apply(fitted, createTable(relisted, table.rowCount)),
        subject.apply(fitted, table),
      );
      claim(found === undefined, `with the levels listed in another order ${found}`);
    },
  },
  {
    id: 'huge-values',
    title: 'numbers as large as 1e300 give a sound result or a coded error',
    async run(subject) {
      const data = subject.data();
      const table = mapNumbers(data.table, (value, row) => (row % 10 === 0 ? 1e300 : value));
      await soundFit(subject, 'numbers of 1e300', withTable(data, table));
      await soundApply(subject, await subject.fitted(), table, 'numbers of 1e300');
    },
  },
  {
    id: 'infinite-value',
    title: 'an infinite number is refused or does no harm',
    async run(subject) {
      const data = subject.data();
      const table = mapNumbers(data.table, (value, row) => (row === 4 ? Number.POSITIVE_INFINITY : value));
      const fitted = await soundOrCoded('fitting on an infinite number', () =>
        subject.fit(withTable(data, table)),
      );
      if (fitted) soundOutput(subject, fitted, data.table, 'fitted on an infinite number');
    },
  },
];

/** Fits, applies to the same rows and to usual ones, describes: each is sound, or the fit refuses with a code. */
async function soundFit(subject: Subject, what: string, data: Dataset): Promise<void> {
  const fitted = await soundOrCoded(`fitting on ${what}`, () => subject.fit(data));
  if (!fitted) return;
  await soundApply(subject, fitted, data.table, what);
  await soundApply(subject, fitted, subject.data({ seed: 2 }).table, `usual rows after fitting on ${what}`);
  const text = describe(fitted, subject.catalogue);
  claim(!/NaN|undefined|Infinity/.test(text), `fitted on ${what} it describes itself as "${text}"`);
}

async function soundApply(subject: Subject, fitted: Fitted, table: Table, what: string): Promise<void> {
  // A table may lack the columns of a fit on none: that is no edge case of applying.
  const made = await soundOrCoded(`applying to ${what}`, () => subject.apply(fitted, table));
  if (made) checkSound(subject, fitted, table, made, what);
}

/** Applies and claims that nothing is infinite, and nothing missing that has a source. */
export function soundOutput(subject: Subject, fitted: Fitted, table: Table, what: string): void {
  checkSound(subject, fitted, table, subject.apply(fitted, table), what);
}

function checkSound(subject: Subject, fitted: Fitted, table: Table, made: Table, what: string): void {
  claim(made.rowCount === table.rowCount, `${what}: ${made.rowCount} rows for ${table.rowCount}`);
  const infinite = infiniteValue(made);
  claim(infinite === undefined, `${what}: ${infinite}`);
  const sources = new Map(
    fitted.role === 'classifier'
      ? []
      : columnsOut(fitted, subject.catalogue).map((column) => [column.name, column.from]),
  );
  if (subject.tags.givesMissing) return;
  for (const column of made.columns) {
    const from = (sources.get(column.name) ?? []).map((name) => findColumn(table, name));
    for (let row = 0; row < columnLength(column); row++) {
      const isExplained = from.some((source) => source !== undefined && isMissing(source, row));
      claim(
        !isMissing(column, row) || isExplained,
        `${what}: column ${column.name} is missing in row ${row} though no source of it is`,
      );
    }
  }
}

const replaced = (table: Table, by: Column): Table =>
  createTable(table.columns.map((column) => (column.name === by.name ? by : column)));

function mapNumbers(table: Table, change: (value: number, row: number) => number): Table {
  const columns = table.columns.map((column) =>
    column.kind === 'number' ? numberColumn(column.name, column.values.map(change)) : column,
  );
  return createTable(columns, table.rowCount);
}

function withoutValues(column: Column): Column {
  switch (column.kind) {
    case 'category':
      return { ...column, codes: new Int32Array(column.codes.length).fill(-1), levels: [] };
    case 'boolean':
      return { ...column, values: new Int8Array(column.values.length).fill(-1) };
    case 'text':
      return { ...column, values: column.values.map(() => null) };
    default:
      return { ...column, values: new Float64Array(column.values.length).fill(Number.NaN) };
  }
}
