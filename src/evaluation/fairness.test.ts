import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../base/random.ts';
import { categoryColumn, numberColumn, timeColumn } from '../table/column.ts';
import { createTable } from '../table/table.ts';
import { canHaveGroups, fairnessMeasures, measureFairness } from './fairness.ts';

/** Rows of a group: leavers called and not, stayers called and not; called 0.8, not called 0.2. */
type Counts = readonly [leftCalled: number, left: number, stayedCalled: number, stayed: number];

function customers(groups: Readonly<Record<string, Counts>>) {
  const rows = Object.entries(groups).flatMap(([level, counts]) =>
    counts.flatMap((count, kind) =>
      Array.from({ length: count }, () => ({
        level,
        label: kind < 2 ? 1 : 0,
        score: kind % 2 === 0 ? 0.8 : 0.2,
      })),
    ),
  );
  const level = categoryColumn(
    'group',
    rows.map((row) => row.level),
    Object.keys(groups),
  );
  return {
    table: createTable([level]),
    labels: Uint8Array.from(rows, ({ label }) => label),
    scores: Float64Array.from(rows, ({ score }) => score),
  };
}

const judged = (groups: Readonly<Record<string, Counts>>, seed = 1) => {
  const { table, labels, scores } = customers(groups);
  return measureFairness(table, labels, scores, 0.5, createRandom(seed), ['group'])[0]!;
};

test('fairness: the four measures of a group by hand', () => {
  const { column, groups, tooSmall } = judged({ a: [30, 10, 20, 40], b: [10, 10, 10, 70] });
  assert.deepEqual([column, groups.length, tooSmall], ['group', 2, { groups: 0, rows: 0 }]);
  const [a] = groups;
  assert.deepEqual([a!.level, a!.rows, a!.churned], ['a', 100, 40]);
  assert.equal(a!.selectionRate.value, 0.5);
  assert.equal(a!.recall!.value, 0.75);
  assert.equal(a!.falsePositiveRate!.value, 1 / 3);
  // Mean score 0.5 x 0.8 + 0.5 x 0.2 = 0.5, churn rate 0.4.
  assert.ok(Math.abs(a!.calibration.value - 0.1) < 1e-12);
  for (const { value, low, high } of [a!.selectionRate, a!.recall!, a!.falsePositiveRate!, a!.calibration])
    assert.ok(low < value && value < high);
});

test('fairness: a gap is the distance between two groups, named by them', () => {
  const { gaps } = judged({ a: [30, 10, 20, 40], b: [10, 10, 10, 70] });
  const { selectionRate, recall, falsePositiveRate, calibration } = gaps;
  assert.ok(Math.abs(selectionRate!.value - 0.3) < 1e-12);
  assert.deepEqual([selectionRate!.highest, selectionRate!.lowest, selectionRate!.proven], ['a', 'b', true]);
  assert.ok(Math.abs(recall!.value - 0.25) < 1e-12);
  assert.ok(Math.abs(falsePositiveRate!.value - (1 / 3 - 1 / 8)) < 1e-12);
  // b: mean score 0.2 x 0.8 + 0.8 x 0.2 = 0.32, churn rate 0.2: 0.12, above the 0.1 of a.
  assert.deepEqual([calibration!.highest, calibration!.lowest, calibration!.proven], ['b', 'a', false]);
  for (const gap of Object.values(gaps)) {
    assert.ok(gap!.low < gap!.value && gap!.value < gap!.high);
    assert.equal(gap!.proven, gap!.low > 0);
  }
});

test('fairness: of two groups the interval reaches about two standard errors', () => {
  const { gaps } = judged({ a: [60, 40, 60, 340], b: [50, 50, 50, 350] });
  const error = Math.sqrt((0.6 * 0.4) / 100 + (0.5 * 0.5) / 100);
  const reach = (gaps.recall!.high - gaps.recall!.low) / 2 / error;
  assert.ok(reach > 1.9 && reach < 2.1, `${reach}`);
  assert.equal(gaps.recall!.proven, false);
});

test('fairness: of many groups the reach grows, since two of them always lie far apart', () => {
  const same: Counts = [30, 20, 30, 120];
  const two = judged({ a: same, b: same });
  const eight = judged(Object.fromEntries([...'abcdefgh'].map((level) => [level, same])));
  const width = ({ gaps }: typeof two): number => gaps.recall!.high - gaps.recall!.low;
  // Tukey's range of eight against two: 4.29 / 2.77 = 1.55.
  assert.ok(Math.abs(width(eight) / width(two) - 1.55) < 0.12, `${width(eight) / width(two)}`);
  assert.equal(eight.gaps.recall!.value, 0);
  assert.equal(eight.gaps.recall!.proven, false);
});

test('fairness: a proven gap is told before a larger one of a small group', () => {
  const { gaps } = judged({ a: [300, 200, 100, 400], b: [250, 250, 100, 400], c: [9, 11, 6, 24] });
  assert.deepEqual([gaps.recall!.highest, gaps.recall!.lowest, gaps.recall!.proven], ['a', 'b', true]);
  assert.ok(Math.abs(gaps.recall!.value - 0.1) < 1e-12);
});

test('fairness: groups under 50 rows are counted, rates of under 20 leavers or stayers are left open', () => {
  const { groups, tooSmall, gaps } = judged({ a: [30, 10, 20, 40], b: [10, 9, 20, 61], c: [9, 10, 10, 20] });
  assert.deepEqual(tooSmall, { groups: 1, rows: 49 });
  assert.deepEqual([groups[1]!.recall, gaps.recall], [null, null]);
  assert.notEqual(groups[1]!.falsePositiveRate, null);
  assert.notEqual(gaps.falsePositiveRate, null);
  const mostlyLeavers = judged({ a: [40, 40, 10, 9], b: [30, 10, 20, 40] });
  assert.equal(mostlyLeavers.groups[0]!.falsePositiveRate, null);
  const alone = judged({ a: [30, 10, 20, 40], c: [1, 1, 1, 1] });
  for (const measure of fairnessMeasures) assert.equal(alone.gaps[measure], null);
});

test('fairness: all of a group found is not known for sure', () => {
  const { gaps } = judged({ a: [25, 0, 10, 65], b: [22, 3, 10, 65] });
  assert.ok(gaps.recall!.high - gaps.recall!.low > 0.2);
  assert.equal(gaps.recall!.proven, false);
  const noLeavers = judged({ a: [0, 0, 0, 60], b: [30, 10, 20, 40] });
  assert.ok(noLeavers.groups[0]!.calibration.high - noLeavers.groups[0]!.calibration.low > 0.05);
});

test('fairness: a number about the person makes groups; missing is a group', () => {
  const { labels, scores } = customers({ a: [50, 50, 50, 150] });
  const ages = numberColumn(
    'age',
    Array.from(labels, (_, row) => (row % 5 === 0 ? null : 20 + ((row * 7) % 50))),
  );
  const [fairness] = measureFairness(createTable([ages]), labels, scores, 0.5, createRandom(1), ['age']);
  assert.equal(fairness!.groups.length, 5);
  assert.match(String(fairness!.groups[0]!.level), /^below \d+/);
  assert.equal(fairness!.groups.at(-1)!.level, null);
});

test('fairness: the same seed gives the same numbers, whatever other columns are judged', () => {
  const { table, labels, scores } = customers({ a: [30, 10, 20, 40], b: [10, 10, 10, 70] });
  const before = structuredClone([labels, scores]);
  const of = (seed: number) => measureFairness(table, labels, scores, 0.5, createRandom(seed), ['group']);
  assert.deepEqual(of(3), of(3));
  assert.notDeepEqual(of(3)[0]!.gaps, of(4)[0]!.gaps);
  assert.deepEqual([labels, scores], before);
  assert.deepEqual(measureFairness(table, labels, scores, 0.5, createRandom(3), []), []);
});

test('fairness: dates and texts have no groups', () => {
  assert.deepEqual(
    ['category', 'boolean', 'number', 'time', 'text'].map((kind) => canHaveGroups(kind as 'text')),
    [true, true, true, false, false],
  );
  const table = createTable([timeColumn('since', [0])]);
  assert.throws(
    () => measureFairness(table, new Uint8Array(1), new Float64Array(1), 0.5, createRandom(1), ['since']),
    { code: 'column.kind' },
  );
});
