import { deduplicate } from './deduplicate.ts';
import { dropMissing } from './drop-missing.ts';
import { fillForward } from './fill-forward.ts';
import { setMissing } from './set-missing.ts';
import { shiftDates } from './shift-dates.ts';
import { unreadableAsMissing } from './unreadable-as-missing.ts';

/** Every repair, in the order in which a person usually needs them. */
export const allRepairs = [
  dropMissing,
  deduplicate,
  unreadableAsMissing,
  setMissing,
  shiftDates,
  fillForward,
] as const;
