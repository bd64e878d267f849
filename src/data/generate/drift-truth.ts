/** What drifted, when and how much, as a monitor should find it: a row for the column, one for the churn probability. */
import { mean } from '../../math/sum.ts';
import { categoryColumn, isMissing, numberColumn, timeColumn } from '../../table/column.ts';
import { createTable, requireColumn, type Table } from '../../table/table.ts';
import type { DriftPlan } from './drift/definition.ts';
import type { DriftOrder } from './model.ts';

/** A table and the truth about it. */
interface Told {
  readonly table: Table;
  readonly truth: Table;
}

interface Measured {
  readonly column: string;
  readonly measure: string;
  /** A number a row, NaN where the row says nothing; the mean over rows is what is told. */
  readonly values: Float64Array;
  readonly calm: Float64Array;
}

/**
 * Columns: drift, from, size, change, column, measure, before, after, afterWithoutDrift, rowsBefore, rowsAfter. The seasons
 * move figures too: what the drift did is `after` less `afterWithoutDrift`, that of the same rows.
 */
export function driftTruthOf(
  { definition, fromMs, size }: DriftOrder,
  plan: DriftPlan,
  drifted: Told,
  calm: Told,
  driftSize: Float64Array,
): Table {
  const measured: Measured[] = [
    {
      column: probabilityColumn,
      measure: 'mean',
      values: probabilityOf(drifted),
      calm: probabilityOf(calm),
    },
  ];
  if (plan.column !== null)
    measured.unshift({
      column: plan.column,
      measure: plan.measure,
      values: valuesOf(plan, drifted.table, plan.column),
      calm: valuesOf(plan, calm.table, plan.column),
    });
  const all = <T>(value: T): T[] => measured.map(() => value);
  const partOf = (values: Float64Array, isAfter: boolean): number =>
    mean(values.filter((value, row) => driftSize[row]! > 0 === isAfter && !Number.isNaN(value)));
  const numbers = (name: string, of: (one: Measured) => number) => numberColumn(name, measured.map(of));
  const rowsAfter = driftSize.filter((so) => so > 0).length;
  return createTable([
    categoryColumn('drift', all(definition.id)),
    timeColumn('from', all(fromMs)),
    numberColumn('size', all(size)),
    categoryColumn('change', all(plan.change)),
    categoryColumn(
      'column',
      measured.map(({ column }) => column),
    ),
    categoryColumn(
      'measure',
      measured.map(({ measure }) => measure),
    ),
    numbers('before', ({ values }) => partOf(values, false)),
    numbers('after', ({ values }) => partOf(values, true)),
    numbers('afterWithoutDrift', ({ calm: values }) => partOf(values, true)),
    numberColumn('rowsBefore', all(driftSize.length - rowsAfter)),
    numberColumn('rowsAfter', all(rowsAfter)),
  ]);
}

const probabilityColumn = 'churnProbability';
const probabilityOf = ({ truth }: Told): Float64Array =>
  requireColumn('generate', truth, probabilityColumn, 'number').values;

function valuesOf({ measure, newLevel }: DriftPlan, table: Table, name: string): Float64Array {
  const column = requireColumn('generate', table, name);
  return Float64Array.from({ length: table.rowCount }, (_, row) => {
    if (measure === 'missing share') return isMissing(column, row) ? 1 : 0;
    if (column.kind === 'category') return column.levels[column.codes[row]!] === newLevel ? 1 : 0;
    return column.kind === 'number' ? column.values[row]! : Number.NaN;
  });
}
