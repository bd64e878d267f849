import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readGolden } from '../../../golden/compare.ts';
import { createRandom } from '../../base/random.ts';
import { dayMs } from '../events/section.ts';
import { timeSplit } from './time.ts';
import { timeFolds } from './time-folds.ts';

interface Golden {
  readonly time: readonly {
    readonly rows: number;
    readonly k: number;
    /** In rows. */
    readonly gap: number;
    /** Size of what is learned from, first and last row of what is validated, by fold. */
    readonly folds: readonly (readonly [train: number, from: number, to: number])[];
  }[];
}

const shares = { test: 0.2, validation: 0.2 };
const alternating = (rows: number): Uint8Array => Uint8Array.from({ length: rows }, (_, row) => row % 2);

/** Days, many of them equal, in no order. */
const anyDays = fc
  .tuple(fc.integer({ min: 60, max: 300 }), fc.integer({ min: 30, max: 400 }), fc.nat(9999))
  .map(([rows, days, seed]) => {
    const random = createRandom(seed);
    return Float64Array.from({ length: rows }, () => random.integer(days) * dayMs);
  });
const someGap = fc.constantFrom('0d', '1d', '3d');
const timesOf = (times: Float64Array, rows: Int32Array): number[] => Array.from(rows, (row) => times[row]!);

test('time: for any times the hold-out is the newest, then validation, a gap apart, and no moment is parted', () => {
  fc.assert(
    fc.property(anyDays, someGap, (times, gap) => {
      const labels = alternating(times.length);
      const { train, validation, test: judged } = timeSplit(labels, times, { ...shares, gap });
      const gapMs = Number(gap.slice(0, -1)) * dayMs;
      const begins = [validation, judged].map((rows) => Math.min(...timesOf(times, rows)));
      const ends = [train, validation].map((rows) => Math.max(...timesOf(times, rows)));
      begins.forEach((begin, i) => {
        assert.ok(ends[i]! < begin && ends[i]! + gapMs <= begin);
      });
      const inPart = new Set([...train, ...validation, ...judged]);
      assert.equal(inPart.size, train.length + validation.length + judged.length);
      for (const row of times.keys()) {
        if (inPart.has(row)) continue;
        assert.ok(
          begins.some((begin) => times[row]! < begin && times[row]! > begin - gapMs),
          'left out without a gap',
        );
      }
    }),
  );
});

test('time: for any times the hold-out has its share of the rows and at most one moment more', () => {
  fc.assert(
    fc.property(anyDays, (times) => {
      const { test: judged } = timeSplit(alternating(times.length), times, shares);
      const wanted = Math.ceil(0.2 * times.length);
      const begin = Math.min(...timesOf(times, judged));
      const ofThatMoment = times.filter((time) => time === begin).length;
      assert.ok(judged.length >= wanted && judged.length - ofThatMoment < wanted);
    }),
  );
});

test('time: days from a named day on are judged, whatever the shares', () => {
  const times = Float64Array.from({ length: 100 }, (_, row) => Date.parse('2024-01-01') + row * dayMs);
  const rules = { ...shares, gap: '10d', validationFrom: '2024-02-20', testFrom: '2024-03-31' };
  const { train, validation, test: judged } = timeSplit(alternating(100), times, rules);
  // 2024-02-20 is row 50, 2024-03-31 row 90; a row ten days before a part belongs to the part before.
  assert.deepEqual([judged[0], judged.length], [90, 10]);
  assert.deepEqual([validation[0], validation.at(-1)], [50, 80]);
  assert.deepEqual([train[0], train.at(-1)], [0, 40]);
});

test('time: too long a gap, too few times and too few of an outcome are refused by code', () => {
  const times = Float64Array.from({ length: 100 }, (_, row) => row * dayMs);
  const refused = (code: string, labels: Uint8Array, at: Float64Array, gap: string): void =>
    assert.throws(() => timeSplit(labels, at, { ...shares, gap }), { code });
  refused('data.split', alternating(100), times, '90d');
  refused('data.split', alternating(100), times.fill(0, 0, 100), '0d');
  const late = Float64Array.from({ length: 100 }, (_, row) => row * dayMs);
  refused(
    'data.too-few',
    Uint8Array.from(late, (_, row) => (row < 50 ? 1 : 0)),
    late,
    '0d',
  );
});

test("time folds: without equal times the rows are those of scikit-learn's TimeSeriesSplit, gaps included", () => {
  const { time } = readGolden<Golden>('splits-grouped-time');
  assert.ok(time.length >= 20);
  for (const { rows, k, gap, folds } of time) {
    // A row a day. A row that lies the gap before a fold is learned from: its label was known when the fold begins.
    const times = Float64Array.from({ length: rows }, (_, row) => row * dayMs);
    const ours = timeFolds(alternating(rows), times, k, gap === 0 ? 0 : (gap + 1) * dayMs);
    assert.deepEqual(
      ours.map(({ train, validation }) => [train.length, validation[0], validation.at(-1)]),
      folds,
      `${rows} rows, ${k} folds, gap ${gap}`,
    );
    for (const { train } of ours) assert.deepEqual([...train], Array.from(train.keys()));
  }
});

test('time folds: for any times each fold learns only from what lies a gap before it, and no moment is parted', () => {
  fc.assert(
    fc.property(anyDays, fc.integer({ min: 2, max: 4 }), fc.constantFrom(0, dayMs), (times, k, gapMs) => {
      const rounds = timeFolds(alternating(times.length), times, k, gapMs);
      assert.equal(rounds.length, k);
      rounds.forEach(({ train, validation }, fold) => {
        const begin = Math.min(...timesOf(times, validation));
        const end = Math.max(...timesOf(times, validation));
        assert.ok(timesOf(times, train).every((time) => time < begin && time + gapMs <= begin));
        const next = rounds[fold + 1];
        if (next) assert.ok(end < Math.min(...timesOf(times, next.validation)));
      });
    }),
  );
});

test('time folds: more folds than times are refused with their number', () => {
  const times = Float64Array.from({ length: 90 }, (_, row) => Math.floor(row / 30) * dayMs);
  assert.throws(() => timeFolds(alternating(90), times, 5, 0), {
    code: 'data.split',
    message: /lie at 3 different times/,
  });
  assert.equal(timeFolds(alternating(90), times, 2, 0).length, 2);
});
