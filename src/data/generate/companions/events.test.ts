import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayMs } from '../snapshot.ts';
import { makeCustomers, rowsOf } from '../testing/people-of.ts';
import { events, outcomeDays } from './events.ts';

const cutoff = Date.UTC(2026, 6, 1);

interface Event {
  readonly at: number;
  readonly value: number;
}

/** Events by customer, in the order of the file. */
function logOf(kind: string, rows = 1500) {
  const made = makeCustomers({ kind, rows, seed: 9 });
  const log = new Map<string, Event[]>(made.persons.map(({ id }) => [id, []]));
  const ids = new Set<unknown>();
  for (const { eventId, customerId, time, value } of rowsOf(events.told, made.people)) {
    log.get(String(customerId))!.push({ at: Date.parse(String(time)), value: Number(value) });
    ids.add(eventId);
  }
  const listed = made.persons.map(({ id }) => log.get(id)!);
  assert.equal(ids.size, listed.flat().length, 'every event has an id of its own');
  return { made, log: listed };
}

const sum = (some: readonly Event[]): number =>
  some.reduce((total, { value }) => total + Math.round(value * 100), 0);
const within = (some: readonly Event[], days: number): Event[] =>
  some.filter(({ at }) => at < cutoff && at >= cutoff - days * dayMs);
const daysBack = ({ at }: Event): number => Math.floor((cutoff - 1 - at) / dayMs);

test('events of retail: orders, spend and last order of the table are those of the log', () => {
  const { made, log } = logOf('retail');
  log.forEach((some, row) => {
    const year = within(some, 365);
    assert.equal(year.length, made.numbers('orders12m')[row]);
    assert.equal(sum(year), Math.round(made.numbers('spend12m')[row]! * 100));
    assert.equal(daysBack(year.at(-1)!), made.numbers('lastOrderDays')[row]);
    const between = made.numbers('daysBetweenOrders')[row]!;
    if (year.length > 1) {
      const mean = (daysBack(year[0]!) - daysBack(year.at(-1)!)) / (year.length - 1);
      // The table rounds to a tenth of a day.
      assert.ok(Math.abs(mean - between) <= 0.05 + 1e-9);
    }
  });
});

test('events of retail: who churned orders nothing in the half year after the snapshot, who stayed at least once', () => {
  const { made, log } = logOf('retail');
  log.forEach((some, row) => {
    const after = some.filter(({ at }) => at >= cutoff);
    assert.equal(after.length === 0, made.isChurned(row), `row ${row}`);
    assert.ok(after.every(({ at }) => at < cutoff + outcomeDays * dayMs));
  });
});

test('events of retail: November and December are busier than October and January', () => {
  const months = new Float64Array(12);
  for (const { at } of logOf('retail').log.flat()) if (at < cutoff) months[new Date(at).getUTCMonth()]!++;
  // Last orders crowd before the snapshot, so the gift season is compared with the months beside it.
  for (const busy of [10, 11])
    for (const quiet of [9, 0]) assert.ok(months[busy]! > 1.25 * months[quiet]!, `${months}`);
});

test('events of bank: payments and their sum in ninety days are those of the table', () => {
  const { made, log } = logOf('bank', 500);
  log.forEach((some, row) => {
    assert.equal(within(some, 90).length, made.numbers('payments90d')[row]);
    assert.equal(sum(within(some, 90)), Math.round(made.numbers('paid90dEur')[row]! * 100));
  });
});

test('events of subscription: the hours of the last month are those of the table', () => {
  const { made, log } = logOf('subscription', 500);
  log.forEach((some, row) => {
    assert.equal(sum(within(some, 30)), Math.round(made.numbers('usageHoursMonth')[row]! * 100));
  });
});

test('events of subscription: who stays goes on, who churns falls silent within the half year', () => {
  const { made, log } = logOf('subscription', 800);
  const lastMonth = (some: readonly Event[]): boolean =>
    some.some(({ at }) => at >= cutoff + (outcomeDays - 45) * dayMs);
  const share = (wanted: boolean): number => {
    const rows = log.filter((_, row) => made.isChurned(row) === wanted);
    return rows.filter(lastMonth).length / rows.length;
  };
  assert.ok(share(false) > 0.9, `${share(false)}`);
  assert.ok(share(true) < 0.35, `${share(true)}`);
});
