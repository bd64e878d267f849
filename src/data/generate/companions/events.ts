/**
 * The log behind the table: orders, sessions or payments, a row each, by customer and time.
 *
 * In the days that the table tells of, number, sum and, for a shop, first and last day agree with it. Before and after, events come
 * as often as the customer's habit says, more in some months. Whoever churned is silent: in a shop from the snapshot on, elsewhere
 * from a day within the six months after it; who stayed has at least one event there. O(events).
 */
import type { Random } from '../../../base/random.ts';
import { exp } from '../../../math/exp-log.ts';
import { happens, poisson, roundTo } from '../causal.ts';
import type { People, Person } from '../model.ts';
import { dayMs } from '../snapshot.ts';
import type { Cell, CompanionDefinition } from './definition.ts';

/** The outcome window: half a year. */
export const outcomeDays = 182;
/** Far more than any habit; keeps a log from growing without end. */
const mostInHalfYear = 2000;

interface Happening {
  readonly atMs: number;
  readonly hundredths: number;
}

export const events: CompanionDefinition = {
  id: 'events',
  title: 'The event log: orders, sessions or payments before and after the snapshot.',
  told: {
    columns: [
      { name: 'eventId', kind: 'text', meaning: 'Names the event.' },
      { name: 'customerId', kind: 'text', meaning: 'Names the customer.' },
      { name: 'time', kind: 'text', meaning: 'When it happened, UTC.' },
      { name: 'event', kind: 'text', meaning: 'What happened: order, session or payment.' },
      { name: 'value', kind: 'number', meaning: 'What it was worth: EUR, or hours of a session.' },
    ],
    *rows(people) {
      for (let row = 0; row < people.rowCount; row++) {
        const person = people.at(row);
        const happened = eventsOf(person, people, people.random.fork('events', row));
        for (const [i, { atMs, hundredths }] of happened.entries())
          yield [
            `${person.id}-${i + 1}`,
            person.id,
            timeText(atMs),
            people.events.name,
            hundredths / 100,
          ] as Cell[];
      }
    },
  },
  truth: null,
};

/** 2026-05-14T18:22:00Z */
export const timeText = (atMs: number): string => `${new Date(atMs).toISOString().slice(0, 19)}Z`;

function eventsOf(person: Person, people: People, random: Random): Happening[] {
  const { activity, startMs, snapshotMs } = person;
  const { historyDays, monthWeight, leavesAtOnce } = people.events;
  const ageDays = Math.floor((snapshotMs - startMs) / dayMs);
  const spanEnd = Math.min(activity.spanDays, ageDays + 1);
  const historyEnd = Math.min(historyDays, ageDays + 1);
  const dayBetween = (from: number, to: number): number => drawDay(random, snapshotMs, from, to, monthWeight);

  const told: number[] = [];
  if (activity.count > 0 && activity.newestDays !== null) told.push(activity.newestDays);
  if (activity.count > 1 && activity.oldestDays !== null) told.push(activity.oldestDays);
  const from = activity.newestDays ?? 0;
  const to = activity.oldestDays ?? spanEnd - 1;
  while (told.length < activity.count) told.push(dayBetween(from, to));

  const others: number[] = [];
  if (historyEnd > spanEnd) {
    const count = poisson(random, activity.dailyBefore * (historyEnd - spanEnd), mostInHalfYear);
    for (let i = 0; i < count; i++) others.push(dayBetween(spanEnd, historyEnd - 1));
  }
  const isChurned = person.luck < person.churnProbability;
  const lastDay = !isChurned ? outcomeDays : leavesAtOnce ? 0 : random.integer(outcomeDays);
  const after = poisson(random, activity.dailyAfter * lastDay, mostInHalfYear);
  // Day -1 is the first after the snapshot.
  for (let i = 0; i < (isChurned ? after : Math.max(1, after)); i++) others.push(dayBetween(-lastDay, -1));

  const meanHundredths = activity.count > 0 ? activity.totalHundredths / activity.count : 2000;
  const worth = (): number => exp(0.4 * random.normal() - 0.08);
  const at = (daysBack: number): number =>
    snapshotMs - daysBack * dayMs + (7 * 60 + random.integer(15 * 60)) * 60_000;
  const happened = [
    ...split(activity.totalHundredths, told.map(worth)).map((hundredths, i) => ({
      atMs: at(told[i]!),
      hundredths,
    })),
    ...others.map((day) => ({ atMs: at(day), hundredths: roundTo(meanHundredths * worth(), 0) })),
  ];
  return happened.sort((a, b) => a.atMs - b.atMs || a.hundredths - b.hundredths);
}

/** A whole day of `from` to `to`, both included, days before the snapshot; days of a full month come most often. */
function drawDay(
  random: Random,
  snapshotMs: number,
  from: number,
  to: number,
  monthWeight: (month: number) => number,
): number {
  for (;;) {
    const day = from + random.integer(to - from + 1);
    if (happens(random, monthWeight(new Date(snapshotMs - day * dayMs).getUTCMonth()))) return day;
  }
}

/** A whole total in parts as large as their weights say; the parts add up to it exactly. */
function split(total: number, weights: readonly number[]): number[] {
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  let weightSoFar = 0;
  let given = 0;
  return weights.map((weight, i) => {
    weightSoFar += weight;
    const upTo = i === weights.length - 1 ? total : Math.round((total * weightSoFar) / all);
    const part = upTo - given;
    given = upTo;
    return part;
  });
}
