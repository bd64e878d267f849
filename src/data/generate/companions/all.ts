/** Every companion file. A new one is a file beside this and a line here. */
import type { CompanionDefinition } from './definition.ts';
import { events } from './events.ts';
import { feedback } from './feedback.ts';
import { interactions } from './interactions.ts';
import { offers } from './offers.ts';

export const allCompanions: readonly CompanionDefinition[] = [events, feedback, interactions, offers];
