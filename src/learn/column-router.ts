/**
 * Sends columns to different steps and puts the results side by side: itself a transformer.
 *
 * Columns that no route names are left out. Output columns stand in route order.
 * Matches https://scikit-learn.org/stable/modules/generated/sklearn.compose.ColumnTransformer.html
 */
import { z } from 'zod';
import { ColumnError } from '../base/errors.ts';
import type { Plain } from '../base/plain.ts';
import { countOf, printable } from '../base/text.ts';
import { type Column, columnKinds } from '../table/column.ts';
import { type Dataset, withTable } from '../table/dataset.ts';
import { createTable, selectColumns, type Table } from '../table/table.ts';
import type { Catalogue } from './catalogue.ts';
import type { Context } from './context.ts';
import { defineTransformer, type FittedTransformer, type OutputColumn } from './definition.ts';
import { columnsOut, describe, fitAndTransform, fitTransformer, transform } from './fit.ts';
import { estimatorSchema, traceSources } from './pipeline.ts';

const params = z.strictObject({
  routes: z
    .array(
      z.strictObject({
        columns: z.array(z.string()).describe('The columns that take this route.'),
        steps: z.array(estimatorSchema).describe('The steps on it, in order; none passes the columns on.'),
      }),
    )
    .default([])
    .describe('Each route takes some columns through some steps.'),
});

type FittedStep = FittedTransformer & { readonly [key: string]: Plain };
type State = {
  readonly routes: readonly {
    readonly columns: readonly string[];
    readonly kinds: readonly string[];
    readonly steps: readonly FittedStep[];
  }[];
};

export const columnRouter = defineTransformer({
  id: 'column-router',
  version: 1,
  title: 'Column router',
  params,
  tags: { kinds: columnKinds, acceptsMissing: true, isRandom: true },
  // They name the columns of `checks/data.ts` and steps that the full catalogue knows.
  examples: [
    { params: {} },
    {
      params: {
        routes: [
          {
            columns: ['tenureYears', 'callCount'],
            steps: [
              { id: 'impute', params: {} },
              { id: 'standard-scale', params: {} },
            ],
          },
          {
            columns: ['contract', 'payment'],
            steps: [
              { id: 'impute', params: {} },
              { id: 'one-hot', params: {} },
            ],
          },
          { columns: ['paperless'], steps: [] },
        ],
      },
    },
  ],
  fit: async (data, chosen, ctx): Promise<State> => (await fitRoutes(data, chosen, ctx, 'state')).state,
  // What the steps on the routes make of training rows is theirs to say.
  fitTransform: (data, chosen, ctx) => fitRoutes(data, chosen, ctx, 'state and table'),
  transform(state, table, catalogue): Table {
    const parts = state.routes.map((route) =>
      route.steps.reduce(
        (made, step) => transform(step, made, catalogue),
        selectColumns(table, route.columns, 'column-router'),
      ),
    );
    return createTable(
      parts.flatMap((part) => part.columns),
      table.rowCount,
    );
  },
  columnsOut: (state, catalogue) => state.routes.flatMap((route) => routeColumns(route, catalogue)),
  describe: (state, catalogue) => describeRoutes(state, catalogue).join(' ') || 'All columns are left out.',
});

async function fitRoutes(
  data: Dataset,
  { routes }: z.infer<typeof params>,
  ctx: Context,
  wanted: 'state' | 'state and table',
): Promise<{ state: State; table: Table }> {
  const names: string[] = [];
  const fittedRoutes: State['routes'][number][] = [];
  const made: Column[] = [];
  for (const [r, route] of routes.entries()) {
    const chosen = selectColumns(data.table, route.columns, 'column-router');
    let current = withTable(data, chosen);
    const steps: FittedTransformer[] = [];
    // A route without columns has nothing to fit; another data set may have some.
    for (const [s, step] of route.columns.length === 0 ? [] : route.steps.entries()) {
      const own = { ...ctx, random: ctx.random.fork(`route:${r}`).fork('step', s) };
      // What the last step would make of the rows is asked for by a pipeline, not by a fit alone.
      if (wanted === 'state' && s === route.steps.length - 1) {
        steps.push(await fitTransformer(step, current, own));
        continue;
      }
      const next = await fitAndTransform(step, current, own);
      steps.push(next.fitted);
      current = next.data;
    }
    fittedRoutes.push({
      columns: route.columns,
      kinds: chosen.columns.map((column) => column.kind),
      steps: steps as FittedStep[],
    });
    made.push(...current.table.columns);
    const last = steps.at(-1);
    names.push(...(last ? columnsOut(last, ctx.catalogue) : chosen.columns).map(({ name }) => name));
  }
  refuseClash(names);
  const table = wanted === 'state' ? data.table : createTable(made, data.table.rowCount);
  return { state: { routes: fittedRoutes }, table };
}

/** At fitting already: the same clash would meet every table to come. */
function refuseClash(names: readonly string[]): void {
  const seen = new Set<string>();
  const twice = names.find((name) => seen.size === seen.add(name).size);
  if (twice === undefined) return;
  throw new ColumnError(
    'column.clash',
    `column-router: two routes make a column ${printable(twice)}; rename one`,
    { who: 'column-router', column: twice },
  );
}

function describeRoutes({ routes }: State, catalogue: Catalogue): string[] {
  const unchanged = routes
    .filter(({ steps }) => steps.length === 0)
    .reduce((sum, { columns }) => sum + columns.length, 0);
  return [
    ...(unchanged > 0 ? [`${countOf(unchanged, 'column')} passed on unchanged.`] : []),
    ...routes.flatMap(({ steps }) => steps.map((step) => describe(step, catalogue))),
  ];
}

function routeColumns(route: State['routes'][number], catalogue: Catalogue): OutputColumn[] {
  const last = route.steps.at(-1);
  if (!last)
    return route.columns.map((name, i) => ({
      name,
      kind: route.kinds[i] as OutputColumn['kind'],
      from: [name],
    }));
  const made = columnsOut(last, catalogue);
  const sources = traceSources(
    route.steps,
    made.map((column) => column.name),
    catalogue,
  );
  return made.map((column) => ({ ...column, from: sources.get(column.name) ?? column.from }));
}
