/**
 * Does a file look like an event log, and which column is what? A guess from the profile, which a person reads.
 *
 * It does where a column named like a customer, or the id of one, repeats (two rows a customer or more on average) and exactly one
 * column holds nothing but times. O(columns).
 */
import { isNamedCustomer, isNamedLikeCustomerId, wordsOf } from '../names.ts';
import type { ColumnProfile } from '../profile.ts';

export interface GuessedLog {
  readonly customer: string;
  readonly time: string;
  readonly value?: string;
  readonly quantity?: string;
  readonly order?: string;
}

/** Rows a customer has on average in what counts as a log: fewer may be duplicates. */
const leastEvents = 2;

export function guessEventLog(profiles: readonly ColumnProfile[]): GuessedLog | null {
  const customer = profiles.find(
    (column) =>
      (isNamedLikeCustomerId(column.name) || isNamedCustomer(column.name)) && repeats(column) >= leastEvents,
  );
  const times = profiles.filter((column) => column.times > 0 && column.times === present(column));
  const [time] = times;
  if (!customer || !time || times.length > 1) return null;
  const rest = profiles.filter((column) => column !== customer && column !== time);
  const numbers = rest.filter((column) => column.numbers > 0 && column.numbers === present(column));
  const value = named(numbers, 'price amount value revenue sales total paid spend preis betrag umsatz');
  const quantity = named(numbers, 'quantity qty pieces units menge anzahl');
  // Repeats less than the customer: several rows an order, several orders a customer.
  const order = rest.find(
    (column) =>
      named([column], 'invoice order basket receipt transaction') !== undefined &&
      column.distinct > customer.distinct,
  );
  return {
    customer: customer.name,
    time: time.name,
    ...(value && { value: value.name }),
    // A price may be that of one piece; an amount or a total is that of all.
    ...(value && quantity && named([value], 'price preis') && { quantity: quantity.name }),
    ...(order && { order: order.name }),
  };
}

const present = ({ rows, blank }: ColumnProfile): number => rows - blank;
const repeats = (column: ColumnProfile): number => present(column) / Math.max(1, column.distinct);

const named = (columns: readonly ColumnProfile[], words: string): ColumnProfile | undefined =>
  columns.find(({ name }) => wordsOf(name).some((word) => words.split(' ').includes(word)));
