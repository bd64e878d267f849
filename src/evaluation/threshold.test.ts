import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { f1 } from './metrics/f1.ts';
import { prepareSample } from './sample.ts';
import { profitSection, type ThresholdSection } from './section.ts';
import { chooseThreshold } from './threshold.ts';

test('threshold by F1: of equally good scores the highest is taken', () => {
  // From 0.8 on: 2 x 1 / (1 + 3) = 1/2. Everybody: 2 x 3 / (9 + 3) = 1/2 too.
  const labels = Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 1, 1);
  const scores = Float64Array.of(0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.1);
  assert.deepEqual(chooseThreshold(labels, scores, { by: 'f1' }), { value: 0.8, by: 'f1' });
});

test('threshold by F1: with all scores tied the one score is the threshold', () => {
  const labels = Uint8Array.of(1, 0, 0);
  assert.equal(chooseThreshold(labels, new Float64Array(3).fill(0.25), { by: 'f1' }).value, 0.25);
});

test('for any rows: no score gives a higher F1 than the threshold, and none above it the same', () => {
  const rows = fc.array(fc.tuple(fc.nat(1), fc.nat(12)), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(rows, (some) => {
      const all: [number, number][] = [[1, 3], [0, 5], ...some];
      const labels = Uint8Array.from(all, ([label]) => label);
      const scores = Float64Array.from(all, ([, step]) => step / 12);
      const f1At = (threshold: number): number => f1.compute(prepareSample(labels, scores, threshold));
      const { value } = chooseThreshold(labels, scores, { by: 'f1' });
      for (const score of scores)
        assert.ok(score > value ? f1At(score) < f1At(value) : f1At(score) <= f1At(value));
    }),
    { seed: 1, numRuns: 200 },
  );
});

test('threshold by F1: rows of one outcome are refused', () => {
  assert.throws(() => chooseThreshold(new Uint8Array(4), new Float64Array(4), { by: 'f1' }), {
    code: 'data.one-class',
    message: /^threshold: /,
  });
});

test('threshold fixed: is the number written', () => {
  const chosen = chooseThreshold(new Uint8Array(1), new Float64Array(1), { by: 'fixed', value: 0.4 });
  assert.deepEqual(chosen, { value: 0.4, by: 'fixed' });
});

// From the top: leaver, stayer, leaver and stayer tied, three stayers, leaver at the end.
const labels = Uint8Array.of(1, 0, 1, 0, 0, 0, 0, 1);
const scores = Float64Array.of(0.9, 0.8, 0.6, 0.6, 0.4, 0.3, 0.2, 0.1);
const at = (section: ThresholdSection, population?: number): number =>
  chooseThreshold(labels, scores, section, null, population === undefined ? {} : { population }).value;
const justAbove = 0.9000000000000002;

test('threshold by cost: a missed leaver five times as dear as a call in vain, by hand', () => {
  // Costs of the cuts: nobody 15, 0.9: 10, 0.8: 11, 0.6: 1 x 5 + 2 = 7, 0.4: 8, 0.3: 9, 0.2: 10, everybody 5.
  assert.equal(at({ by: 'cost', falsePositive: 1, falseNegative: 5 }), 0.1);
  // At 3.9: nobody 11.7, 0.9: 7.8, 0.8: 8.8, 0.6: 5.9, ..., everybody 5.
  assert.equal(at({ by: 'cost', falsePositive: 1, falseNegative: 3.9 }), 0.1);
  // At 2: nobody 6, 0.9: 4, 0.8: 5, 0.6: 4, everybody 5. Of the equal ones the fewer calls.
  assert.equal(at({ by: 'cost', falsePositive: 1, falseNegative: 2 }), 0.9);
  assert.equal(at({ by: 'cost', falsePositive: 1, falseNegative: 2.1 }), 0.6);
});

test('threshold by cost: the two costs are not taken for one another', () => {
  assert.equal(at({ by: 'cost', falsePositive: 5, falseNegative: 1 }), 0.9);
  assert.equal(at({ by: 'cost', falsePositive: 1, falseNegative: 5 }), 0.1);
});

test('threshold by cost: only the ratio of the costs counts', () => {
  for (const falseNegative of [0.5, 2.1, 5])
    assert.equal(
      at({ by: 'cost', falsePositive: 7, falseNegative: 7 * falseNegative }),
      at({ by: 'cost', falsePositive: 1, falseNegative }),
    );
});

test('threshold by cost: when no call pays, nobody seen is called', () => {
  const turned = Float64Array.from(labels, (label) => (label === 1 ? 0.2 : 0.9));
  const { value } = chooseThreshold(labels, turned, { by: 'cost', falsePositive: 2, falseNegative: 1 });
  assert.equal(value, justAbove);
  const certain = chooseThreshold(
    labels,
    Float64Array.from(labels, (label) => 1 - label),
    {
      by: 'cost',
      falsePositive: 2,
      falseNegative: 1,
    },
  );
  assert.ok(certain.value > 1, 'no probability reaches it');
});

test('threshold by capacity: as many as allowed, never more, ties together or not at all', () => {
  const called = (customers: number): number => {
    const value = at({ by: 'capacity', customers });
    return scores.filter((score) => score >= value).length;
  };
  assert.deepEqual([1, 2, 3, 4, 5, 8, 9].map(called), [1, 2, 2, 4, 5, 8, 8]);
  assert.equal(at({ by: 'capacity', customers: 3 }), 0.8);
});

test('threshold by capacity: a share of any list, or customers of a list of known length', () => {
  assert.equal(at({ by: 'capacity', share: 0.25 }), 0.8);
  assert.equal(at({ by: 'capacity', share: 1 }), 0.1);
  assert.equal(at({ by: 'capacity', customers: 200 }, 800), 0.8);
  assert.equal(at({ by: 'capacity', customers: 99 }, 800), justAbove, 'not even one of eight');
});

test('threshold by capacity: a share that is not exact in binary allows the whole number meant', () => {
  const many = Float64Array.from({ length: 100 }, (_, row) => row / 100);
  const { value } = chooseThreshold(
    Uint8Array.from(many, (_, row) => row % 2),
    many,
    { by: 'capacity', share: 0.29 },
  );
  assert.equal(many.filter((score) => score >= value).length, 29);
});

test('threshold by capacity: a first tie larger than the capacity calls nobody', () => {
  const tied = Float64Array.of(0.7, 0.7, 0.7, 0.7, 0.4, 0.3, 0.2, 0.1);
  const { value } = chooseThreshold(labels, tied, { by: 'capacity', customers: 3 });
  assert.ok(value > 0.7 && value < 0.7 + 1e-15);
});

test('threshold by expected profit: a leaver called earns 56, a stayer called costs 11, by hand', () => {
  const profit = profitSection.parse({ offer: 10, contact: 1, lifetimeValue: 200 });
  // 0.9: 56, 0.8: 45, 0.6: 90, 0.4: 79, 0.3: 68, 0.2: 57, everybody: 113.
  const chosen = chooseThreshold(labels, scores, { by: 'expected-profit' }, null, { profit });
  assert.deepEqual(chosen, { value: 0.1, by: 'expected-profit' });
  // 40 less for each leaver: 16, 5, 10, ..., everybody -7.
  const dear = profitSection.parse({ offer: 10, contact: 1, lifetimeValue: 200 - 40 / 0.3 });
  assert.equal(chooseThreshold(labels, scores, { by: 'expected-profit' }, null, { profit: dear }).value, 0.9);
  const hopeless = { ...profit, contact: 60 };
  assert.equal(
    chooseThreshold(labels, scores, { by: 'expected-profit' }, null, { profit: hopeless }).value,
    justAbove,
  );
});

test('threshold by expected profit: without a profit section it is refused', () => {
  assert.throws(() => chooseThreshold(labels, scores, { by: 'expected-profit' }), {
    code: 'param.value',
    message: /^train\.threshold\.by: expected-profit: needs the profit section/,
  });
});

test('for any rows and rule: a row of weight 2 does what the row twice does', () => {
  const rows = fc.array(fc.tuple(fc.nat(1), fc.nat(6), fc.integer({ min: 1, max: 3 })), { maxLength: 30 });
  const rule = fc.constantFrom<ThresholdSection>(
    { by: 'f1' },
    { by: 'cost', falsePositive: 1, falseNegative: 3 },
    { by: 'capacity', share: 0.3 },
  );
  fc.assert(
    fc.property(rows, rule, (some, section) => {
      const all: [number, number, number][] = [[1, 3, 1], [0, 2, 1], ...some];
      const repeated = all.flatMap((row) => new Array<[number, number, number]>(row[2]).fill(row));
      const choose = (from: [number, number, number][], weights: Float64Array | null) =>
        chooseThreshold(
          Uint8Array.from(from, ([label]) => label),
          Float64Array.from(from, ([, step]) => step / 6),
          section,
          weights,
        );
      assert.deepEqual(
        choose(
          all,
          Float64Array.from(all, (row) => row[2]),
        ),
        choose(repeated, null),
      );
    }),
    { seed: 2, numRuns: 150 },
  );
});
