/** What the scalers share: every number column becomes `(x - center) / scale`, missing stays missing. */
import { printable } from '../../base/text.ts';
import type { Context } from '../../learn/context.ts';
import type { OutputColumn } from '../../learn/definition.ts';
import { type NumberColumn, sharedFloats } from '../../table/column.ts';
import type { Dataset } from '../../table/dataset.ts';
import { createTable, requireColumn, type Table } from '../../table/table.ts';
import { presentNumbers } from './statistics.ts';

/** In the unit of each column; `scale` is finite and above 0. */
export type AffineState = {
  readonly columns: readonly { readonly name: string; readonly center: number; readonly scale: number }[];
};

/** Measures every column; `measure` gets a copy that it may reorder, never an empty one. */
export function learnAffine(
  who: string,
  data: Dataset,
  ctx: Context,
  measure: (values: Float64Array) => { center: number; scale: number },
): AffineState {
  const columns = data.table.columns.map(({ name }) => {
    const values = presentNumbers(who, requireColumn(who, data.table, name, 'number'));
    if (values.length === 0) {
      ctx.note({
        code: 'scale.all-missing',
        message: `${who}: column ${printable(name)} is missing in every row and is left as it is`,
        column: name,
      });
      return { name, center: 0, scale: 1 };
    }
    const { center, scale } = measure(values);
    return { name, center, scale: scale > 0 && Number.isFinite(scale) ? scale : 1 };
  });
  return { columns };
}

export function scaled(who: string, state: AffineState, table: Table): Table {
  const columns = state.columns.map(({ name, center, scale }): NumberColumn => {
    const { values } = requireColumn(who, table, name, 'number');
    const made = sharedFloats(values.length);
    for (let row = 0; row < values.length; row++) made[row] = (values[row]! - center) / scale;
    return { name, kind: 'number', values: made };
  });
  return createTable(columns, table.rowCount);
}

export const affineColumnsOut = (state: AffineState): OutputColumn[] =>
  state.columns.map(({ name }) => ({ name, kind: 'number', from: [name] }));
