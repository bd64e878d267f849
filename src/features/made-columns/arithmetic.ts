/** What the makers of one number out of two share: their parameters, and the sum done row by row. */
import { z } from 'zod';
import { type Column, sharedFloats } from '../../table/column.ts';
import { defineMaker, type Maker } from './define-maker.ts';

const params = z.strictObject({
  of: z.array(z.string().min(1)).max(2).default([]).describe('The two columns, in order.'),
  as: z.string().min(1).nullable().default(null).describe('Name of the new column; null joins the names.'),
});

export type Arithmetic = Maker<typeof params, null>;

interface ArithmeticSpec {
  readonly id: string;
  readonly title: string;
  /** Stands between the names of the two columns. */
  readonly sign: string;
  /** Something that is not finite becomes missing. */
  compute(first: number, second: number): number;
}

export function defineArithmetic({ id, title, sign, compute }: ArithmeticSpec): Arithmetic {
  return defineMaker<typeof params, null>({
    id,
    title,
    params,
    examples: [
      { params: { of: ['tenureYears', 'callCount'], as: 'made' } },
      { params: { of: ['chargeChange', 'paperless'] } },
    ],
    sourceKinds: ['number', 'boolean'],
    sourceCount: 2,
    plan: (chosen) => ({
      sources: chosen.of,
      made: { name: chosen.as ?? chosen.of.join(` ${sign} `), kind: 'number' },
    }),
    learn: () => null,
    make([first, second], { made }, rowCount) {
      const values = sharedFloats(rowCount);
      for (let row = 0; row < rowCount; row++) {
        const value = compute(numberAt(first!, row), numberAt(second!, row));
        values[row] = Number.isFinite(value) ? value : Number.NaN;
      }
      return { name: made.name, kind: 'number', values };
    },
    describe: ({ made, sources }) => `${made.name} is ${sources.join(` ${sign} `)}.`,
  });
}

/** Booleans count as 0 and 1. */
function numberAt(column: Column, row: number): number {
  if (column.kind === 'boolean') return column.values[row]! < 0 ? Number.NaN : column.values[row]!;
  return column.kind === 'number' ? column.values[row]! : Number.NaN;
}
