/** The moments at which customers are looked at, held against what the log covers. */
import { DataError } from '../../base/errors.ts';
import { countOf } from '../../base/text.ts';
import { backTestCutoffs } from '../events/event-contract.ts';
import { type LogEnd, logEnd } from '../events/log-end.ts';
import { labelSpan } from '../events/plan.ts';
import { dayMs, daysOf, type EventsSection } from '../events/section.ts';
import type { LogRows } from './event-log.ts';

export interface MomentOptions {
  readonly label: boolean;
  readonly cutoff?: string | undefined;
}

export interface Moments {
  /** Epoch milliseconds, oldest first; more than one in a back-test. */
  readonly cutoffs: readonly number[];
  /** Cutoffs to learn from that were left out, as their window begins before the log. */
  readonly tooEarly: number;
  /** The first event of the main log. */
  readonly first: number;
  /** What to say of events that lie far behind all others; null where there are none. */
  readonly stray: string | null;
}

export const isoDay = (moment: number): string => new Date(moment).toISOString().slice(0, 10);

/** Where the label would look beyond the log's end it would call customers churned who only weren't logged yet. */
export function momentsOf(log: LogRows, events: EventsSection, options: MomentOptions): Moments {
  if (log.time.length === 0) {
    throw new DataError(
      'events.log',
      `${log.who}: none of ${log.rows} rows has a customer and a time; correct data.events.customer and data.events.time`,
    );
  }
  const first = log.time.reduce((a, b) => Math.min(a, b));
  const seen = logEnd(log.time);
  const dayAfter = seen.end;
  const end = events.until === undefined ? dayAfter : Date.parse(events.until);
  const { cutoffs, tooEarly } = cutoffsOf(events, options, dayAfter, first);
  const cutoff = cutoffs.at(-1)!;
  if (options.label && events.horizon !== undefined) {
    const span = labelSpan(cutoff, daysOf(events.gap), daysOf(events.horizon));
    if (span.to > end) {
      throw new DataError(
        'events.horizon',
        `${log.who}: the horizon ends ${isoDay(span.to)}, the log is complete up to ${isoDay(end)}; use a cutoff of ${isoDay(cutoff - (span.to - end))} or earlier, or a shorter horizon${seen.stray > 0 && events.until === undefined ? `; ${strayWords(seen)}` : ''}`,
        { horizonEnd: isoDay(span.to), logEnd: isoDay(end) },
      );
    }
  }
  return { cutoffs, tooEarly, first, stray: seen.stray > 0 ? strayWords(seen) : null };
}

const strayWords = ({ end, stray, newest }: LogEnd): string =>
  `${countOf(stray, 'event lies', 'events lie')} after ${isoDay(end - dayMs)}, the newest on ${isoDay(newest)}, far from all others: correct the dates, or say in data.events.until up to when the log is complete`;

/** Rows to learn from and to be judged by are made at every cutoff of a back-test, others at one moment. */
function cutoffsOf(
  events: EventsSection,
  { cutoff, label }: MomentOptions,
  dayAfter: number,
  first: number,
): Pick<Moments, 'cutoffs' | 'tooEarly'> {
  if (cutoff === 'latest') return { cutoffs: [dayAfter], tooEarly: 0 };
  const rolling = label && cutoff === undefined ? backTestCutoffs(events, isoDay(first)) : undefined;
  if (!rolling)
    return { cutoffs: [Date.parse(cutoff ?? events.cutoff ?? events.cutoffs!.last)], tooEarly: 0 };
  const days = [...rolling.train, rolling.validation, rolling.test];
  return { cutoffs: days.map((day) => Date.parse(day)), tooEarly: events.cutoffs!.count - days.length };
}
