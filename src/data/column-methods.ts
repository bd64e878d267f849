/**
 * How one column may be prepared: the choices that a contract can make for a column and that the project file's
 * `preprocess` section makes for all others.
 */
import { z } from 'zod';

export const numberImputes = ['median', 'mean', 'most-frequent', 'zero'] as const;
export const categoryImputes = ['missing', 'most-frequent'] as const;
export const scales = ['standard', 'min-max', 'robust', 'none'] as const;
export const encodings = ['one-hot', 'ordinal', 'ordinal-by-frequency', 'target'] as const;

export const numberImpute = z.union([z.enum(numberImputes), z.strictObject({ constant: z.number() })]);
export const categoryImpute = z.union([
  z.enum(categoryImputes),
  z.strictObject({ constant: z.string().min(1) }),
]);

export const outliers = z.union([
  z.strictObject({
    rule: z.literal('iqr').default('iqr').describe('Clip beyond the quartiles.'),
    factor: z
      .number()
      .min(0)
      .max(1000)
      .default(1.5)
      .describe('How many quartile distances beyond the quartiles a value may lie.'),
    whenDegenerate: z
      .enum(['keep', 'clip'])
      .optional()
      .describe(
        'Equal quartiles, which would make the column constant: keep it as it is (the default), or clip all the same.',
      ),
  }),
  z.literal('none'),
]);

/** The keys of a column in the contract; each goes before what `preprocess` says of all columns of that kind. */
export const columnMethods = {
  impute: z
    .union([
      z.enum(['median', 'mean', 'most-frequent', 'zero', 'missing']),
      z.strictObject({ constant: z.union([z.number(), z.string().min(1)]) }),
    ])
    .optional()
    .describe('What a missing value of this column becomes.'),
  outliers: outliers.optional().describe('Put extreme numbers of this column on a bound, or none.'),
  scale: z.enum(scales).optional().describe('How this column is brought to one footing with the others.'),
  encode: z.enum(encodings).optional().describe('How the levels of this column become numbers.'),
};

export interface ColumnMethods {
  readonly impute?: z.infer<typeof columnMethods.impute>;
  readonly outliers?: z.infer<typeof columnMethods.outliers>;
  readonly scale?: z.infer<typeof columnMethods.scale>;
  readonly encode?: z.infer<typeof columnMethods.encode>;
}

/** The first key that does not fit the kind of column, as what it must be; undefined when all fit. */
export function unfitMethod(
  kind: string,
  methods: ColumnMethods,
): { readonly key: keyof ColumnMethods; readonly expected: string } | undefined {
  const { impute, outliers: clip, scale, encode } = methods;
  const isAsked = (value: unknown): boolean => value !== undefined;
  if (kind === 'time' || kind === 'text') {
    const key = (['impute', 'outliers', 'scale', 'encode'] as const).find((each) => isAsked(methods[each]));
    return key && { key, expected: `left out for a ${kind} column, which only a features step can use` };
  }
  if (isAsked(clip) && kind !== 'number')
    return { key: 'outliers', expected: `left out for a ${kind} column` };
  if (isAsked(encode) && kind !== 'category')
    return { key: 'encode', expected: `left out for a ${kind} column, which is a number already` };
  if (isAsked(scale) && kind === 'boolean')
    return { key: 'scale', expected: 'left out for a boolean column, which is 0 or 1' };
  const schema = kind === 'category' ? categoryImpute : numberImpute;
  if (impute === undefined || schema.safeParse(impute).success) return undefined;
  const words = kind === 'category' ? categoryImputes : numberImputes;
  const constant = kind === 'category' ? 'a text' : 'a number';
  return {
    key: 'impute',
    expected: `one of ${words.join(', ')} or { constant: ${constant} } for a ${kind} column`,
  };
}
