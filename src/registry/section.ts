/** The part of the project file that this room reads: `registry`. */
import { z } from 'zod';

export const registrySection = z
  .strictObject({
    fourEyes: z
      .boolean()
      .default(false)
      .describe(
        'A model of this project answers only after somebody else than who registered it has approved it.',
      ),
  })
  .prefault({})
  .describe('What holds for the versions that training registers.');
export type RegistrySection = z.infer<typeof registrySection>;

/** The section as a manifest carries it; models of before it have none, which is its default. */
export const registrySectionOf = (project: object): RegistrySection =>
  registrySection.parse((project as { registry?: unknown }).registry);
