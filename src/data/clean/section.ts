/** The `clean` section of the project file: repairs of training rows, in the order written. */
import { z } from 'zod';
import { deduplicate } from './deduplicate.ts';
import { dropMissing } from './drop-missing.ts';
import { fillForward } from './fill-forward.ts';
import { setMissing } from './set-missing.ts';
import { shiftDates } from './shift-dates.ts';
import { unreadableAsMissing } from './unreadable-as-missing.ts';

const named = <Id extends string, Shape extends z.ZodRawShape>(repair: {
  readonly id: Id;
  readonly title: string;
  readonly params: z.ZodObject<Shape>;
}) => z.strictObject({ repair: z.literal(repair.id).describe(`${repair.title}.`), ...repair.params.shape });

export const cleanSection = z
  .array(
    z.discriminatedUnion('repair', [
      named(dropMissing),
      named(deduplicate),
      named(unreadableAsMissing),
      named(setMissing),
      named(shiftDates),
      named(fillForward),
    ]),
  )
  .default([])
  .describe(
    'Repairs of the training rows before anything else, in this order; scoring repeats only those of single values.',
  );
export type CleanSection = z.infer<typeof cleanSection>;
