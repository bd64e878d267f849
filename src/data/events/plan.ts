/**
 * What is counted of a customer's events before a cutoff: a list of named features, each one entry, as plain data.
 *
 * A feature is an expression over aggregates, each of a half-open part `[from, to)` of the window before the cutoff.
 * An event at the cutoff itself is in no part. The plan knows no engine; `sources/event-sql.ts` turns it into SQL.
 *
 * @example
 * planFeatures(log, Date.UTC(1997, 9, 1), 273).map(({ column }) => column) // recency_days, tenure_days...
 */
import { dayMs, type EventLog } from './section.ts';

/** What is taken of the events of a part. Times are epoch milliseconds, days are those of UTC. */
export type Take = 'events' | 'orders' | 'days' | 'first' | 'last' | 'first-day' | 'last-day' | 'sum';

/** Epoch milliseconds, half-open. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** `S` says where an aggregate looks. Missing in, missing out; a ratio by 0 is missing. */
export type Expression<S> =
  | { readonly take: Take; readonly of: S }
  | { readonly constant: number | 'cutoff' }
  | { readonly op: '-' | '+' | '/'; readonly left: Expression<S>; readonly right: Expression<S> };

/** Shares of the window, counted back from the cutoff: `{ from: 0.5, to: 0 }` is its newer half. */
interface Part {
  readonly from: number;
  readonly to: number;
}

interface EventFeature {
  readonly id: string;
  readonly meaning: string;
  readonly unit?: string;
  /** Bounds that follow from meaning. Money has none: what came back is negative. */
  readonly min?: number;
  readonly max?: number;
  readonly needs: 'nothing' | 'value';
  /** What a customer of the table without any event in the window has. */
  readonly absent: 0 | null;
  readonly is: Expression<Part>;
}

const whole: Part = { from: 1, to: 0 };
const newer: Part = { from: 0.5, to: 0 };
const older: Part = { from: 1, to: 0.5 };
const lastQuarter: Part = { from: 0.25, to: 0 };

const take = (what: Take, of: Part): Expression<Part> => ({ take: what, of });
const constant = (value: number | 'cutoff'): Expression<Part> => ({ constant: value });
const minus = (left: Expression<Part>, right: Expression<Part>): Expression<Part> => ({
  op: '-',
  left,
  right,
});
const plus = (left: Expression<Part>, right: Expression<Part>): Expression<Part> => ({
  op: '+',
  left,
  right,
});
const by = (left: Expression<Part>, right: Expression<Part>): Expression<Part> => ({ op: '/', left, right });

const daysSince = (what: 'first' | 'last'): Expression<Part> =>
  by(minus(constant('cutoff'), take(what, whole)), constant(dayMs));
const meanInterval = by(
  minus(take('last-day', whole), take('first-day', whole)),
  minus(take('days', whole), constant(1)),
);

/** Every feature. A new one is an entry here. */
export const eventFeatures: readonly EventFeature[] = [
  {
    id: 'recency_days',
    meaning: 'days from the last event to the cutoff',
    unit: 'days',
    min: 0,
    needs: 'nothing',
    absent: null,
    is: daysSince('last'),
  },
  {
    id: 'tenure_days',
    meaning: 'days from the first event of the window to the cutoff',
    unit: 'days',
    min: 0,
    needs: 'nothing',
    absent: null,
    is: daysSince('first'),
  },
  {
    id: 'frequency',
    meaning: 'orders in the window',
    unit: 'orders',
    min: 0,
    needs: 'nothing',
    absent: 0,
    is: take('orders', whole),
  },
  {
    id: 'events',
    meaning: 'rows of the log in the window',
    unit: 'events',
    min: 0,
    needs: 'nothing',
    absent: 0,
    is: take('events', whole),
  },
  {
    id: 'interval_mean_days',
    meaning: 'mean days between two days with events',
    unit: 'days',
    min: 0,
    needs: 'nothing',
    absent: null,
    is: meanInterval,
  },
  {
    id: 'recency_to_interval',
    meaning: 'days since the last event by the mean days between two',
    min: 0,
    needs: 'nothing',
    absent: null,
    is: by(daysSince('last'), meanInterval),
  },
  {
    id: 'frequency_newer_half',
    meaning: 'orders in the newer half of the window',
    unit: 'orders',
    min: 0,
    needs: 'nothing',
    absent: 0,
    is: take('orders', newer),
  },
  {
    id: 'frequency_last_quarter',
    meaning: 'orders in the last quarter of the window',
    unit: 'orders',
    min: 0,
    needs: 'nothing',
    absent: 0,
    is: take('orders', lastQuarter),
  },
  {
    id: 'trend',
    meaning: 'orders of the newer half less those of the older, by their sum: 1 only newer, -1 only older',
    min: -1,
    max: 1,
    needs: 'nothing',
    absent: null,
    is: by(
      minus(take('orders', newer), take('orders', older)),
      plus(take('orders', newer), take('orders', older)),
    ),
  },
  {
    id: 'monetary_sum',
    meaning: 'value of the events in the window',
    needs: 'value',
    absent: 0,
    is: take('sum', whole),
  },
  {
    id: 'monetary_mean',
    meaning: 'value of an order',
    needs: 'value',
    absent: null,
    is: by(take('sum', whole), take('orders', whole)),
  },
  {
    id: 'monetary_last_quarter',
    meaning: 'value of the events in the last quarter of the window',
    needs: 'value',
    absent: 0,
    is: take('sum', lastQuarter),
  },
];

/** A column to make of one log. */
export interface PlannedColumn {
  readonly column: string;
  readonly feature: EventFeature;
  readonly is: Expression<Span>;
}

type PlannedLog = Pick<EventLog, 'value'> & { readonly name?: string | undefined };

/** The features that a log can give, with the moments between which each looks. */
export function planFeatures(log: PlannedLog, cutoff: number, windowDays: number): PlannedColumn[] {
  const windowMs = windowDays * dayMs;
  return eventFeatures
    .filter(({ needs }) => needs === 'nothing' || log.value !== undefined)
    .map((feature) => ({
      column: log.name === undefined ? feature.id : `${log.name}_${feature.id}`,
      feature,
      is: placed(feature.is, ({ from, to }) => ({
        from: cutoff - from * windowMs,
        to: cutoff - to * windowMs,
      })),
    }));
}

function placed(expression: Expression<Part>, place: (part: Part) => Span): Expression<Span> {
  if ('take' in expression) return { take: expression.take, of: place(expression.of) };
  if ('constant' in expression) return expression;
  return {
    op: expression.op,
    left: placed(expression.left, place),
    right: placed(expression.right, place),
  };
}

/** The moments of a label: a customer without an event in it churned. */
export const labelSpan = (cutoff: number, gapDays: number, horizonDays: number): Span => ({
  from: cutoff + gapDays * dayMs,
  to: cutoff + (gapDays + horizonDays) * dayMs,
});
