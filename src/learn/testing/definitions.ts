/** The smallest honest definitions, for tests of the grammar: two steps, two models, their catalogue. */
import { z } from 'zod';
import { stoppedClock } from '../../base/clock.ts';
import { ColumnError } from '../../base/errors.ts';
import { byCodeUnit, numberColumn } from '../../table/column.ts';
import { churnedCount } from '../../table/dataset.ts';
import { createTable, requireColumn } from '../../table/table.ts';
import { type Catalogue, createCatalogue } from '../catalogue.ts';
import { checkContext } from '../checks/subject.ts';
import { columnRouter } from '../column-router.ts';
import type { Context, Note } from '../context.ts';
import { defineClassifier, defineTransformer } from '../definition.ts';
import { pipeline } from '../pipeline.ts';

/** Subtracts the mean of the training rows; notes how many rows it saw. */
export const centre = defineTransformer({
  id: 'centre',
  version: 1,
  title: 'Centre',
  params: z.strictObject({ suffix: z.string().default('').describe('Added to each name.') }),
  tags: { kinds: ['number'], acceptsMissing: false, isRandom: false },
  examples: [{ params: {} }, { params: { suffix: '-centred' } }],
  async fit(data, { suffix }, ctx) {
    const rows = data.table.rowCount;
    ctx.note({ code: 'centre.rows', message: `centre: fitted on ${rows} rows` });
    const columns = data.table.columns.map(({ name }) => {
      const { values } = requireColumn('centre', data.table, name, 'number');
      refuseMissing('centre', name, values);
      // Sorted first, so that the order of rows does not show in the last bit.
      return { name, mean: values.toSorted().reduce((sum, value) => sum + value / rows, 0) };
    });
    return { suffix, rows, columns };
  },
  transform: (state, table) =>
    createTable(
      state.columns.map(({ name, mean }) => {
        const { values } = requireColumn('centre', table, name, 'number');
        refuseMissing('centre', name, values);
        return numberColumn(
          name + state.suffix,
          values.map((value) => value - mean),
        );
      }),
      table.rowCount,
    ),
  columnsOut: (state) =>
    state.columns.map(({ name }) => ({ name: name + state.suffix, kind: 'number' as const, from: [name] })),
  describe: (state) => `${state.columns.length} columns centred.`,
});

/** All columns become one, their sum, added in the order of their names. */
export const total = defineTransformer({
  id: 'total',
  version: 1,
  title: 'Total',
  params: z.strictObject({ as: z.string().min(1).default('total').describe('Name of the sum.') }),
  tags: { kinds: ['number'], acceptsMissing: true, isRandom: false },
  examples: [{ params: {} }],
  fit: async (data, { as }) => ({ as, names: data.table.columns.map(({ name }) => name).sort(byCodeUnit) }),
  transform(state, table) {
    const sums = new Float64Array(table.rowCount);
    for (const name of state.names) {
      const { values } = requireColumn('total', table, name, 'number');
      for (let row = 0; row < sums.length; row++) sums[row]! += values[row]!;
    }
    return createTable([numberColumn(state.as, sums)]);
  },
  columnsOut: (state) => [{ name: state.as, kind: 'number', from: state.names }],
  describe: (state) => `${state.names.length} columns added up.`,
});

/** Half the churn rate below the mean of the columns' sum, the rest above: just enough to be a model. */
export const midpoint = defineClassifier({
  id: 'midpoint',
  version: 1,
  title: 'Midpoint',
  params: z.strictObject({}),
  tags: { kinds: ['number'], acceptsMissing: false, acceptsWeights: false, isRandom: false },
  examples: [{ params: {} }],
  async fit(data) {
    const churned = churnedCount(data.labels);
    const columns = data.table.columns.map(({ name }) => {
      const { values } = requireColumn('midpoint', data.table, name, 'number');
      refuseMissing('midpoint', name, values);
      const meanWhere = (label: number, count: number): number =>
        values
          .filter((_, row) => data.labels[row] === label)
          .sort()
          .reduce((sum, value) => sum + value / count, 0);
      return { name, left: meanWhere(1, churned), stayed: meanWhere(0, data.labels.length - churned) };
    });
    return { columns, rate: churned / data.labels.length };
  },
  predictProba(state, table) {
    const votes = new Float64Array(table.rowCount);
    for (const { name, left, stayed } of state.columns) {
      const { values } = requireColumn('midpoint', table, name, 'number');
      refuseMissing('midpoint', name, values);
      for (let row = 0; row < votes.length; row++) {
        const isNearer = Math.abs(values[row]! - left) < Math.abs(values[row]! - stayed);
        votes[row]! += (isNearer ? 1 : -1) / state.columns.length;
      }
    }
    return votes.map((vote) => (vote >= 0 ? state.rate + (1 - state.rate) * vote : state.rate * (1 + vote)));
  },
  describe: (state) => `Whoever is nearer to those who left, by ${state.columns.length} columns.`,
  simplicity: () => [1],
});

/** The mean of models fitted through `ctx.map`, each on its own random choice of rows weights. */
export const crowd = defineClassifier({
  id: 'crowd',
  version: 1,
  title: 'Crowd',
  params: z.strictObject({ size: z.int().min(1).max(50).default(3).describe('How many.') }),
  tags: { kinds: ['number'], acceptsMissing: true, acceptsWeights: true, isRandom: true },
  examples: [{ params: {} }],
  async fit(data, { size }, ctx) {
    const jobs = Array.from({ length: size }, (_, i) => ({
      id: 'luck',
      params: {},
      data,
      stream: ctx.random.fork('member', i).path,
    }));
    const answers = await ctx.map(jobs);
    return { shares: answers.map(({ fitted }) => (fitted.state as { share: number }).share) };
  },
  predictProba: ({ shares }, table) =>
    new Float64Array(table.rowCount).fill(shares.reduce((sum, share) => sum + share / shares.length, 0)),
  describe: ({ shares }) => `The mean of ${shares.length} models.`,
  simplicity: ({ size }) => [9, size],
});

/** A number between 0 and 1 by luck alone. */
export const luck = defineClassifier({
  id: 'luck',
  version: 1,
  title: 'Luck',
  params: z.strictObject({}),
  tags: { kinds: ['number'], acceptsMissing: true, acceptsWeights: true, isRandom: true },
  examples: [{ params: {} }],
  async fit(_data, _params, ctx) {
    ctx.note({ code: 'luck.drawn', message: 'luck: one number drawn' });
    return { share: ctx.random.uniform() };
  },
  predictProba: ({ share }, table) => new Float64Array(table.rowCount).fill(share),
  describe: ({ share }) => `Luck says ${share}.`,
  simplicity: () => [9],
});

export const testCatalogue: Catalogue = createCatalogue(
  [midpoint, luck, crowd, pipeline],
  [centre, total, columnRouter],
);

/** A context of the test catalogue, with the notes it was given. */
export function testContext(catalogue = testCatalogue): { ctx: Context; notes: Note[] } {
  const notes: Note[] = [];
  return { ctx: { ...checkContext(catalogue), note: (note) => notes.push(note) }, notes };
}

/** What `runFitJob` is handed: a context without stream and notes. */
export const jobContext = (catalogue = testCatalogue): Omit<Context, 'random' | 'note'> => ({
  clock: stoppedClock(),
  catalogue,
  map: checkContext(catalogue).map,
});

function refuseMissing(who: string, column: string, values: Float64Array): void {
  const rows = values.filter((value) => !Number.isFinite(value)).length;
  if (rows > 0) {
    throw new ColumnError(
      'column.not-finite',
      `${who}: column ${column} is missing or infinite in ${rows} rows; impute it before`,
      {
        who,
        column,
        rows,
      },
    );
  }
}
