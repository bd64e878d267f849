/** The `features` section of the project file: columns made of others, in the order written. */
import { z } from 'zod';
import { columnMethods } from '../../data/column-methods.ts';
import { datePart } from '../date-part.ts';
import { daysBetween } from '../days-between.ts';
import { daysSince } from '../days-since.ts';
import { difference } from '../difference.ts';
import { product } from '../product.ts';
import { ratio } from '../ratio.ts';

const as = z.string().min(1).describe('Name of the new column.');
const one = z.string().min(1).describe('The column it is made of; later entries may use earlier ones.');
const two = z.array(z.string().min(1)).length(2).describe('The two columns it is made of, in order.');
const { encode, ...numberMethods } = columnMethods;

const maker = <const Id extends string, Shape extends z.ZodRawShape>(id: Id, title: string, shape: Shape) =>
  z.strictObject({ make: z.literal(id).describe(`${title}.`), ...shape, as, ...numberMethods });

export const featuresSection = z
  .array(
    z.discriminatedUnion('make', [
      maker('ratio', ratio.title, { of: two }),
      maker('difference', difference.title, { of: two }),
      maker('product', product.title, { of: two }),
      maker('days-since', daysSince.title, { of: one }),
      maker('days-between', daysBetween.title, { of: two }),
      maker('date-part', datePart.title, { of: one, part: datePart.params.shape.part, encode }),
    ]),
  )
  .default([])
  .describe('Columns made of others before preprocessing, the same in training and in scoring.');
export type FeaturesSection = z.infer<typeof featuresSection>;

/** The makers that the section knows. */
export const allMakers = [ratio, difference, product, daysSince, daysBetween, datePart] as const;
