/** What is told of event logs on their way to customers, and what is refused because it would say that nothing happened. */
import { DataError } from '../../base/errors.ts';
import { countOf } from '../../base/text.ts';
import { dayMs, daysOf, type EventsSection } from '../events/section.ts';
import type { LogRows } from './event-log.ts';
import { isoDay, type Moments } from './event-moments.ts';

/** So few new customers may have done nothing yet. */
const fewStrangers = 20;

/**
 * What to say where most customers of a log are none of those asked for; throws `events.log` where none is, to learn from or of more than
 * a few: then ids are written in two ways, and every feature of the log would say that nothing happened.
 */
export function matchWords(
  { who, customers }: LogRows,
  codeOf: ReadonlyMap<string, number>,
  { isLearned, isTable }: { readonly isLearned: boolean; readonly isTable: boolean },
): string | null {
  const hint = 'ids must be written alike in both (17850 and 17850.0, 17 and 00017 are two)';
  const known = customers.filter((id) => codeOf.has(id)).length;
  if (2 * known >= customers.length) return null;
  const whose = isTable ? 'the customer table' : 'data.events';
  if (known === 0 && (isLearned || codeOf.size >= fewStrangers)) {
    throw new DataError(
      'events.log',
      `${who}: none of its ${countOf(customers.length, 'customer')} is among those of ${whose}: ${hint}; correct them, or data.events.customer`,
      { customers: customers.length },
    );
  }
  return `${who}: ${known} of its ${countOf(customers.length, 'customer')} ${known === 1 ? 'is' : 'are'} among those of ${whose}: ${hint}`;
}

export function notesOf(
  logs: readonly LogRows[],
  events: EventsSection,
  { cutoffs, tooEarly, first, stray }: Moments,
  /** Customers of the table without an event in the window: those left out, and those that the model has learned from none of. */
  { gone, unlike }: { readonly gone: number; readonly unlike: number },
): string[] {
  const unknown = logs.filter((log) => log.known?.some((known) => Number.isNaN(known)));
  const short = Math.floor((first - (cutoffs[0]! - daysOf(events.window) * dayMs)) / dayMs);
  return [
    ...logs
      .filter(({ skipped }) => skipped > 0)
      .map(
        ({ who, skipped, rows }) =>
          `${who}: ${skipped} of ${countOf(rows, 'row')} without a customer or a time, left out`,
      ),
    ...unknown.map(({ who }) => `${who}: rows without a known-at time make no feature`),
    ...(short >= 1
      ? [`${logs[0]!.who}: the window begins ${countOf(short, 'day')} before the log's first event`]
      : []),
    ...(cutoffs.length > 1 ? [`a row for each customer and cutoff: ${cutoffs.map(isoDay).join(', ')}`] : []),
    ...(tooEarly > 0
      ? [
          `${countOf(tooEarly, 'earlier cutoff')} of ${events.cutoffs!.count} left out: the window would begin before the log`,
        ]
      : []),
    ...(stray === null ? [] : [`${logs[0]!.who}: ${stray}`]),
    ...(unlike > 0
      ? [
          `${countOf(unlike, 'customer has', 'customers have')} no event in the ${events.window} before the cutoff: the model has learned from none such`,
        ]
      : []),
    ...(gone > 0
      ? [
          `${countOf(gone, 'customer')} of the table without an event in the ${events.window} before the cutoff, left out: they had gone before`,
        ]
      : []),
  ];
}
