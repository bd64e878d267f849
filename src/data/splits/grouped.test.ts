import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readGolden } from '../../../golden/compare.ts';
import { createRandom, type Random } from '../../base/random.ts';
import { dealGroups } from './deal-groups.ts';
import { groupedSplit } from './grouped.ts';
import { groupedFolds } from './grouped-folds.ts';
import type { SplitParts } from './stratified.ts';

interface Golden {
  readonly grouped: readonly {
    readonly name: string;
    readonly labels: readonly number[];
    readonly groups: readonly number[];
    readonly k: number;
    /** Rows and leavers of each fold. */
    readonly folds: readonly (readonly [rows: number, churned: number])[];
  }[];
}

const shares = { test: 0.2, validation: 0.15 };
const shareOf = { train: 0.65, validation: 0.15, test: 0.2 } as const;

/** Groups of 1 to `most` rows that lean to one outcome, as households do. */
function households(rows: number, most: number, random: Random): { labels: Uint8Array; groups: Int32Array } {
  const groups = new Int32Array(rows);
  const labels = new Uint8Array(rows);
  let group = -1;
  let left = 0;
  let leaning = 0;
  for (let row = 0; row < rows; row++) {
    if (left === 0) {
      left = 1 + random.integer(most);
      leaning = random.uniform() < 0.3 ? 0.8 : 0.1;
      group++;
    }
    groups[row] = group;
    labels[row] = random.uniform() < leaning ? 1 : 0;
    left--;
  }
  return { labels, groups };
}

const anyHouseholds = fc
  .tuple(fc.integer({ min: 200, max: 900 }), fc.integer({ min: 1, max: 6 }), fc.nat(9999))
  .map(([rows, most, seed]) => households(rows, most, createRandom(seed)));

const largest = (groups: Int32Array): number => {
  const sizes = new Map<number, number>();
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  return Math.max(...sizes.values());
};
const churnedShare = (labels: Uint8Array, rows: Int32Array): number =>
  rows.reduce((sum, row) => sum + labels[row]!, 0) / rows.length;

test('grouped: for any groups no group is in two parts, every row is in one, sizes are right to within the largest group', () => {
  fc.assert(
    fc.property(anyHouseholds, fc.nat(999), ({ labels, groups }, seed) => {
      const parts = groupedSplit(labels, groups, shares, createRandom(seed));
      const all = [...parts.train, ...parts.validation, ...parts.test];
      assert.deepEqual(
        all.toSorted((a, b) => a - b),
        Array.from(groups.keys()),
      );
      const partOf = new Map<number, string>();
      for (const part of ['train', 'validation', 'test'] as const) {
        assert.deepEqual(parts[part], parts[part].toSorted());
        for (const row of parts[part]) {
          assert.equal(partOf.get(groups[row]!) ?? part, part);
          partOf.set(groups[row]!, part);
        }
        const distance = Math.abs(parts[part].length - shareOf[part] * labels.length);
        assert.ok(distance <= largest(groups), `${part}: ${distance} rows off`);
      }
    }),
  );
});

test('grouped: for any group size up to the size of a part no bin is above its share by the largest group or more', () => {
  const uneven = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 5, maxLength: 40 });
  fc.assert(
    fc.property(uneven, fc.nat(999), (sizes, seed) => {
      const groups = Int32Array.from(sizes.flatMap((size, group) => new Array<number>(size).fill(group)));
      const labels = groups.map((group) => group % 2);
      const bins = dealGroups(Uint8Array.from(labels), groups, [0.7, 0.15, 0.15], createRandom(seed));
      [0.7, 0.15, 0.15].forEach((share, bin) => {
        const held = bins.filter((one) => one === bin).length;
        assert.ok(held < share * groups.length + Math.max(...sizes));
      });
    }),
  );
});

test('grouped: groups that lean to an outcome leave the share of leavers of each part within 3 points', () => {
  for (let seed = 0; seed < 20; seed++) {
    const { labels, groups } = households(3000, 5, createRandom(seed));
    const whole = churnedShare(labels, Int32Array.from(labels.keys()));
    const parts: SplitParts = groupedSplit(labels, groups, shares, createRandom(seed));
    for (const rows of Object.values(parts)) assert.ok(Math.abs(churnedShare(labels, rows) - whole) < 0.03);
  }
});

test('grouped: every group stands in every part for some seed, about as often as the part is large', () => {
  const { labels, groups } = households(600, 4, createRandom(4));
  const times = new Float64Array(groups.at(-1)! + 1);
  const seeds = 300;
  for (let seed = 0; seed < seeds; seed++) {
    const judged = new Set(
      Array.from(groupedSplit(labels, groups, shares, createRandom(seed)).test, (row) => groups[row]!),
    );
    for (const group of judged) times[group]!++;
  }
  // Expected 60 each if drawn evenly (standard deviation 7); five of them, and some room for the fit of sizes.
  for (const count of times) assert.ok(count > 20 && count < 110, `${count}`);
});

test('grouped folds: groups of one outcome, mixed ones and each size are spread evenly, or folds would differ in how hard they are', () => {
  for (let seed = 0; seed < 10; seed++) {
    const { labels, groups } = households(4000, 4, createRandom(seed));
    const folds = groupedFolds(labels, groups, 5, createRandom(seed));
    const sizes = new Map<number, [rows: number, churned: number, fold: number]>();
    groups.forEach((group, row) => {
      const [rows, churned] = sizes.get(group) ?? [0, 0];
      sizes.set(group, [rows + 1, churned + labels[row]!, folds[row]!]);
    });
    const counts = new Map<string, number[]>();
    for (const [rows, churned, fold] of sizes.values()) {
      const kind = `${rows === 1 ? 'one row' : 'several rows'}, ${churned === 0 ? 'all stayed' : churned === rows ? 'all left' : 'mixed'}`;
      const ofKind = counts.get(kind) ?? [0, 0, 0, 0, 0];
      ofKind[fold]!++;
      counts.set(kind, ofKind);
    }
    for (const [kind, ofKind] of counts) {
      const mean = ofKind.reduce((sum, count) => sum + count, 0) / 5;
      const spread = Math.max(...ofKind) - Math.min(...ofKind);
      assert.ok(spread <= 4 + 0.15 * mean, `${kind}: ${ofKind.join(' ')}`);
    }
  }
});

test("grouped folds: sizes and leavers are as even as those of scikit-learn's StratifiedGroupKFold", () => {
  for (const { name, labels, groups, k, folds } of readGolden<Golden>('splits-grouped-time').grouped) {
    const ours = groupedFolds(Uint8Array.from(labels), Int32Array.from(groups), k, createRandom(42));
    const counts = Array.from({ length: k }, (): [number, number] => [0, 0]);
    ours.forEach((fold, row) => {
      counts[fold]![0]++;
      counts[fold]![1] += labels[row]!;
    });
    const spread = (of: readonly (readonly [number, number])[], at: 0 | 1): number => {
      const values = of.map((one) => one[at]);
      return Math.max(...values) - Math.min(...values);
    };
    const most = largest(Int32Array.from(groups));
    for (const at of [0, 1] as const) {
      assert.ok(
        spread(counts, at) <= Math.max(spread(folds, at), most),
        `${name}: ${JSON.stringify(counts)} against ${JSON.stringify(folds)}`,
      );
    }
  }
});

test('grouped: a group that leaves too little for the others is refused with its size', () => {
  const groups = Int32Array.from({ length: 400 }, (_, row) => (row < 370 ? 0 : row));
  const labels = Uint8Array.from({ length: 400 }, (_, row) => row % 2);
  assert.throws(() => groupedSplit(labels, groups, shares, createRandom(1)), {
    code: 'data.split',
    fields: { part: 'the test part', rows: 16, groups: 31, largestGroup: 370 },
  });
  assert.throws(() => groupedFolds(labels, groups, 5, createRandom(1)), { code: 'data.split' });
});

test('grouped: a group of two fifths finds room in training whatever the seed', () => {
  const groups = Int32Array.from({ length: 500 }, (_, row) => (row < 200 ? 0 : row));
  const labels = Uint8Array.from({ length: 500 }, (_, row) => (row % 3 === 0 ? 1 : 0));
  for (let seed = 0; seed < 30; seed++) {
    const { train } = groupedSplit(labels, groups, shares, createRandom(seed));
    assert.ok(train.includes(0) && Math.abs(train.length - 325) <= 1);
  }
});

test('grouped: too few of an outcome in a part or fold are refused with their counts', () => {
  const groups = Int32Array.from({ length: 100 }, (_, row) => row);
  const labels = Uint8Array.from({ length: 100 }, (_, row) => (row < 4 ? 1 : 0));
  assert.throws(() => groupedSplit(labels, groups, shares, createRandom(1)), { code: 'data.too-few' });
  assert.throws(() => groupedFolds(labels, groups, 5, createRandom(1)), { code: 'data.too-few' });
});
