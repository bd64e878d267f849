/** The part of the project file that says how far ahead a prediction looks: `outcomes`. */
import { z } from 'zod';
import { labelReachDays } from '../../data/events/event-contract.ts';
import { days, daysOf } from '../../data/events/section.ts';
import type { Manifest } from '../../tasks/manifest.ts';

export const outcomesSection = z
  .strictObject({
    horizon: days
      .refine((text) => daysOf(text) > 0, 'at least one day, such as 90d or 39w')
      .default('90d')
      .describe(
        'How long after a prediction a customer who leaves counts as foreseen; when it is over, the outcome is mature. With data.events the horizon given there counts.',
      ),
  })
  .prefault({})
  .describe('What outcomes are held against.');

const dayMs = 86_400_000;

/** Of models whose file is gone. */
export const defaultHorizonMs = daysOf(outcomesSection.parse({}).horizon) * dayMs;

/** How far ahead the predictions of a model look, from their moment on. */
export function horizonMsOf({ contract, project }: Pick<Manifest, 'contract' | 'project'>): number {
  const { events } = contract;
  if (events?.horizon !== undefined) return labelReachDays(events) * dayMs;
  // A model from before the section has its default.
  return daysOf(outcomesSection.parse((project as { outcomes?: unknown }).outcomes).horizon) * dayMs;
}
