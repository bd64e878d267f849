/** What holds for any event log. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { backTest, contractOf, make, type Row, settings, steady } from './testing/made-events.ts';

const someEvents = fc.array(
  fc.record({
    who: fc.constantFrom('a', 'b', 'c', 'd'),
    // Around all boundaries: 60 days before to 20 after the cutoff, in quarters of a day.
    quarter: fc.integer({ min: -240, max: 80 }),
    price: fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  }),
  { minLength: 1, maxLength: 60 },
);
type SomeEvent = { who: string; quarter: number; price: number };
const cutoffMs = Date.parse(settings.cutoff);
const lineOf = ({ who, quarter, price }: SomeEvent): string =>
  `${who},${new Date(cutoffMs + quarter * 21_600_000).toISOString()},${price}`;
const priced = contractOf({ value: 'price' });
const certain: SomeEvent = { who: 'z', quarter: -4, price: 1 };
const features = async (events: readonly SomeEvent[]) =>
  (await make(['who,at,price', ...[certain, ...events].map(lineOf)], priced, { label: false })).rows;

test('events: for any log, deleting every event at or after the cutoff changes no feature', async () => {
  await fc.assert(
    fc.asyncProperty(someEvents, async (events) => {
      const before = events.filter(({ quarter }) => quarter < 0);
      assert.deepEqual(await features(events), await features(before));
    }),
    { numRuns: 40 },
  );
});

test('events: for any log, its order of rows changes nothing, not a bit of a sum', async () => {
  // Numbers of such different sizes that adding them in another order gives another sum.
  const price = fc.constantFrom(1e16, -1e16, 1, 0.1, 3e7);
  const uneven = fc.array(
    fc.record({ who: fc.constantFrom('a', 'b'), quarter: fc.integer({ min: -150, max: -1 }), price }),
    {
      minLength: 10,
      maxLength: 60,
    },
  );
  const shuffled = uneven.chain((events) =>
    fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })),
  );
  await fc.assert(
    fc.asyncProperty(shuffled, async ([events, other]) => {
      assert.deepEqual(await features(events), await features(other));
    }),
    { numRuns: 40 },
  );
});

test('events: for any log, deleting every event at or after the cutoff of a row changes none of its features', async () => {
  await fc.assert(
    fc.asyncProperty(someEvents, async (events) => {
      const log = [...steady, ...[certain, ...events].map(lineOf)];
      const { rows } = await make(['who,at,price', ...log], backTest);
      const perCutoff = new Map<unknown, Row[]>();
      const days = ['2024-01-27', '2024-02-03', '2024-02-10', '2024-02-20', '2024-03-01'];
      for (const day of days) {
        const before = log.filter((line) => Date.parse(line.split(',')[1]!) < Date.parse(day));
        const alone = await make(['who,at,price', ...before], backTest, { label: false, cutoff: day });
        perCutoff.set(day, [...alone.rows]);
      }
      const expected = days.flatMap((day) => perCutoff.get(day)!);
      assert.deepEqual(
        rows.map(({ churned: _, ...features }) => features),
        expected,
      );
    }),
    { numRuns: 15 },
  );
});
