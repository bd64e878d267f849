/**
 * Up to when an event log is complete, as far as its events tell: the end of their newest day, but for a few that lie far
 * behind all others. A booked, planned or mistyped date must not make a log look longer than it is: whoever has no event in the
 * time between would count as gone.
 */
import { dayMs } from './section.ts';

export interface LogEnd {
  /** Epoch milliseconds, the beginning of the day after. */
  readonly end: number;
  /** Events beyond it. */
  readonly stray: number;
  /** The day of the newest event, epoch milliseconds. */
  readonly newest: number;
}

/** At most so large a share of the events may be taken for stray. */
const strayShare = 0.001;
/** They lie so many days behind the others at least. */
const strayDays = 30;

/** `times`: epoch milliseconds, at least one, none missing. O(events + days log days). */
export function logEnd(times: Float64Array): LogEnd {
  const eventsOf = new Map<number, number>();
  for (const time of times) {
    const day = Math.floor(time / dayMs);
    eventsOf.set(day, (eventsOf.get(day) ?? 0) + 1);
  }
  const days = [...eventsOf.keys()].sort((a, b) => a - b);
  const most = strayShare * times.length;
  let last = days.length - 1;
  let stray = 0;
  for (let at = last, beyond = 0; at > 0; at--) {
    beyond += eventsOf.get(days[at]!)!;
    if (beyond > most) break;
    if (days[at]! - days[at - 1]! > strayDays) {
      last = at - 1;
      stray = beyond;
    }
  }
  return { end: (days[last]! + 1) * dayMs, stray, newest: days.at(-1)! * dayMs };
}
