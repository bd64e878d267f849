/**
 * What the makers share: each passes every column on and adds one, made row by row of one or two others.
 *
 * The new column stands last and names its sources, so that a reason for a score speaks of the columns a person
 * knows. What cannot be told (a source is missing, a denominator 0, a number too large) is missing.
 */
import type { z } from 'zod';
import { ColumnError, ParamError } from '../../base/errors.ts';
import type { Plain } from '../../base/plain.ts';
import type { ObjectSchema } from '../../base/schema.ts';
import { countOf, printable } from '../../base/text.ts';
import type { Context } from '../../learn/context.ts';
import { defineTransformer, type Example, type TransformerDefinition } from '../../learn/definition.ts';
import { type Column, type ColumnKind, columnKinds } from '../../table/column.ts';
import type { Dataset } from '../../table/dataset.ts';
import { createTable, requireColumn, type Table } from '../../table/table.ts';

/** What a maker will do, known before any row is seen. */
export interface Plan {
  readonly sources: readonly string[];
  readonly made: PassedColumn;
}

/** A type, not an interface: only those may be part of a state. */
type PassedColumn = { readonly name: string; readonly kind: ColumnKind };

/** `setting` is what `make` needs beside the sources: chosen, or learned from training rows. */
export type MadeState<Setting extends Plain = Plain> = {
  readonly passed: readonly PassedColumn[];
  readonly sources: readonly string[];
  readonly made: PassedColumn;
  readonly setting: Setting;
};

export interface MakerSpec<S extends ObjectSchema, Setting extends Plain> {
  readonly id: string;
  readonly title: string;
  readonly params: S;
  readonly examples: readonly Example[];
  /** Kinds that a source may have. */
  readonly sourceKinds: readonly ColumnKind[];
  /** How many sources it takes. */
  readonly sourceCount: number;
  plan(params: z.infer<S>): Plan;
  learn(data: Dataset, params: z.infer<S>, ctx: Context): Setting;
  make(sources: readonly Column[], state: MadeState<Setting>, rowCount: number): Column;
  describe(state: MadeState<Setting>): string;
}

/** A transformer that also tells, before it is fitted, what it takes and makes. */
export type Maker<
  S extends ObjectSchema = ObjectSchema,
  Setting extends Plain = Plain,
> = TransformerDefinition<S, MadeState<Setting>> & {
  readonly sourceKinds: readonly ColumnKind[];
  plan(params: z.infer<S>): Plan;
};

export function defineMaker<S extends ObjectSchema, Setting extends Plain>(
  spec: MakerSpec<S, Setting>,
): Maker<S, Setting> {
  const { id, title, params, examples, sourceKinds, sourceCount, plan, learn, make, describe } = spec;
  const extended = {
    id,
    version: 1,
    title,
    params,
    examples,
    sourceKinds,
    plan,
    tags: { kinds: columnKinds, acceptsMissing: true, isRandom: false, givesMissing: true },
    async fit(data: Dataset, chosen: z.infer<S>, ctx: Context): Promise<MadeState<Setting>> {
      const { sources, made } = plan(chosen);
      if (sources.length !== sourceCount) {
        throw new ParamError(
          'param.value',
          `${id}: of must be ${countOf(sourceCount, 'column')}, got ${sources.length}; name the source in of`,
          { who: id, param: 'of' },
        );
      }
      for (const name of sources) refuseInfinite(id, requireColumn(id, data.table, name, ...sourceKinds));
      if (data.table.columns.some(({ name }) => name === made.name)) {
        throw new ColumnError(
          'column.clash',
          `${id}: there is a column ${printable(made.name)} already; choose another name in as`,
          { who: id, column: made.name },
        );
      }
      const passed = data.table.columns.map(({ name, kind }) => ({ name, kind }));
      return { passed, sources: [...sources], made, setting: learn(data, chosen, ctx) };
    },
    transform(state: MadeState<Setting>, table: Table): Table {
      const kept = state.passed.map(({ name, kind }) => requireColumn(id, table, name, kind));
      const sources = state.sources.map((name) => requireColumn(id, table, name, ...sourceKinds));
      return createTable([...kept, make(sources, state, table.rowCount)], table.rowCount);
    },
    columnsOut: ({ passed, sources, made }: MadeState<Setting>) => [
      ...passed.map(({ name, kind }) => ({ name, kind, from: [name] })),
      { ...made, from: [...new Set(sources)] },
    ],
    describe,
  };
  return defineTransformer<S, MadeState<Setting>>(extended) as Maker<S, Setting>;
}

function refuseInfinite(who: string, column: Column): void {
  if (column.kind !== 'number' && column.kind !== 'time') return;
  let infinite = 0;
  for (const value of column.values) if (Math.abs(value) === Number.POSITIVE_INFINITY) infinite++;
  if (infinite === 0) return;
  throw new ColumnError(
    'column.not-finite',
    `${who}: column ${printable(column.name)} is infinite in ${countOf(infinite, 'row')}, finite or missing required; clean it before`,
    { who, column: column.name, rows: infinite },
  );
}
