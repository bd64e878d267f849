/** A kind of business with a drift and the same without, row by row, for tests of drifts. */
import { mean } from '../../../math/sum.ts';
import { requireColumn } from '../../../table/table.ts';
import type { GenerateOptions } from '../generate-customers.ts';
import { type Made, makeCustomers } from './people-of.ts';

export const driftFrom = '2026-01-01';

export interface Drifted {
  readonly calm: Made;
  readonly made: Made;
  readonly before: readonly number[];
  readonly after: readonly number[];
  /** The first row of the drift's truth: that of the column, or of the risk where no column drifts. */
  readonly told: { readonly before: number; readonly after: number; readonly afterWithoutDrift: number };
}

export function makeDrifted(drift: string, more: GenerateOptions = {}): Drifted {
  const options = { kind: 'retail', rows: 6000, seed: 11, snapshots: 12, ...more };
  const made = makeCustomers({ ...options, drift, driftFrom });
  const { driftSize: _driftSize, ...calmOptions } = options;
  const rows = [...Array(options.rows).keys()];
  const at = made.numbers('snapshotDate');
  const told = (name: string): number => requireColumn('test', made.driftTruth!, name, 'number').values[0]!;
  return {
    calm: makeCustomers(calmOptions),
    made,
    before: rows.filter((row) => at[row]! < Date.parse(driftFrom)),
    after: rows.filter((row) => at[row]! >= Date.parse(driftFrom)),
    told: { before: told('before'), after: told('after'), afterWithoutDrift: told('afterWithoutDrift') },
  };
}

export const meanAt = (values: ArrayLike<number>, rows: readonly number[]): number =>
  mean(Float64Array.from(rows, (row) => values[row]!));
