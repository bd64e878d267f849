/** The compiled kernel against its plain twin, on columns and rows of any kind. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRandom, type Random } from '../../base/random.ts';
import { type KernelBuild, trainingBuild } from '../kernel-module.ts';
import { kernelSums } from './kernel-sums.ts';
import type { LogisticRows, LogisticSums, NumberValues } from './logistic-sums.ts';
import { openPlainSums } from './plain-sums.ts';
import { takeWorkspace } from './workspace.ts';

const builds: readonly KernelBuild[] = trainingBuild() === 'relaxed' ? ['strict', 'relaxed'] : ['strict'];

const kinds = ['number', 'flag', 'levels', 'odd', 'boolean', 'constant'] as const;
type Kind = (typeof kinds)[number];

/** Columns of a kind: one, or of `levels` one for each of three levels. */
function columnsOf(kind: Kind, rows: number, random: Random): NumberValues[] {
  const floats = (value: (row: number) => number): Float64Array =>
    Float64Array.from({ length: rows }, (_, row) => value(row));
  if (kind === 'number') return [floats(() => 3 + 2 * random.normal())];
  if (kind === 'flag') return [floats(() => (random.uniform() < 0.3 ? 1 : 0))];
  // Two values that are not 0 and 1, and at the end a third.
  if (kind === 'odd') return [floats((row) => (row === rows - 1 ? 9 : random.uniform() < 0.5 ? -2.5 : 7.25))];
  if (kind === 'boolean') return [Int8Array.from({ length: rows }, () => (random.uniform() < 0.5 ? 1 : 0))];
  if (kind === 'constant') return [floats(() => 0.1)];
  const level = Int32Array.from({ length: rows }, () => random.integer(3));
  return [0, 1, 2].map((one) => floats((row) => (level[row] === one ? 1 : 0)));
}

function rowsOf(count: number, own: readonly Kind[], isWeighted: boolean, seed: number): LogisticRows {
  const random = createRandom(seed);
  const weight = (): Float64Array =>
    Float64Array.from({ length: count }, () => (isWeighted ? 0.1 + 3 * random.uniform() : 1));
  return {
    columns: own.flatMap((kind) => columnsOf(kind, count, random)),
    labels: Uint8Array.from({ length: count }, () => (random.uniform() < 0.4 ? 1 : 0)),
    weights: weight(),
    momentWeights: weight(),
  };
}

const drawn = (count: number, seed: number, size = 1): Float64Array => {
  const random = createRandom(seed);
  return Float64Array.from({ length: count }, () => size * random.normal());
};

/** Sums run in another order: so much of the largest entry. */
function assertNear(actual: Float64Array, due: Float64Array, what: string): void {
  const most = due.reduce((size, entry) => Math.max(size, Math.abs(entry)), 1e-300);
  actual.forEach((entry, i) => {
    assert.ok(Math.abs(entry - due[i]!) <= 1e-12 * most, `${what} ${i}: ${entry}, ${due[i]} is due`);
  });
}

function assertSame(kernel: LogisticSums, plain: LogisticSums, coefficients: Float64Array): void {
  assertNear(kernel.means, plain.means, 'mean');
  assertNear(kernel.deviations, plain.deviations, 'deviation');
  const own = kernel.slope(coefficients);
  const due = plain.slope(coefficients);
  assert.ok(Math.abs(own.loss - due.loss) <= 1e-12 * due.loss, `loss ${own.loss}, ${due.loss} is due`);
  assertNear(own.gradient, due.gradient, 'gradient');
  assert.ok(Math.abs(kernel.largestLogOdds() - plain.largestLogOdds()) < 1e-11);
  assertNear(kernel.gram().values, plain.gram().values, 'second derivative');
  const vector = drawn(coefficients.length, 5);
  assertNear(kernel.times(vector), plain.times(vector), 'product');
  assertNear(kernel.squares(), plain.squares(), 'square');
}

for (const build of builds) {
  test(`kernel-sums, ${build}: for any columns and rows every sum is that of the plain twin`, () => {
    const anyCase = fc.record({
      count: fc.integer({ min: 1, max: 600 }),
      own: fc.array(fc.constantFrom(...kinds), { minLength: 1, maxLength: 14 }),
      isWeighted: fc.boolean(),
      size: fc.constantFrom(0.1, 1, 30),
      seed: fc.integer({ min: 0, max: 1_000_000 }),
    });
    fc.assert(
      fc.property(anyCase, ({ count, own, isWeighted, size, seed }) => {
        const rows = rowsOf(count, own, isWeighted, seed);
        const kernel = kernelSums(build, rows)!;
        const plain = openPlainSums(rows)!;
        assertSame(kernel, plain, drawn(rows.columns.length + 1, seed + 1, size));
        kernel.release();
      }),
      { numRuns: 25 },
    );
  });
}

test('kernel-sums: flags without relation are more patterns than a group holds, and sums still agree', () => {
  const rows = rowsOf(
    3000,
    Array.from({ length: 20 }, () => 'flag'),
    true,
    8,
  );
  const kernel = kernelSums(trainingBuild(), rows)!;
  assertSame(kernel, openPlainSums(rows)!, drawn(21, 2));
  kernel.release();
});

test('kernel-sums: a missing or infinite value is told, wherever it stands and whatever its column holds', () => {
  for (const [kind, bad] of [
    ...[Number.NaN, Number.POSITIVE_INFINITY].flatMap((value) =>
      (['number', 'flag', 'constant'] as const).map((each) => [each, value] as const),
    ),
    ['boolean', -1] as const,
  ])
    for (const at of [0, 1, 299]) {
      const rows = rowsOf(300, ['levels', kind], false, 4);
      rows.columns.at(-1)![at] = bad;
      assert.equal(kernelSums(trainingBuild(), rows), undefined, `${kind} ${bad} at ${at}`);
      assert.equal(openPlainSums(rows), undefined);
    }
});

test('kernel-sums: a part of many rows says what all of them do, roughly, and does not disturb them', () => {
  const rows = rowsOf(24_100, ['number', 'levels', 'flag'], false, 6);
  const kernel = kernelSums(trainingBuild(), rows)!;
  assert.equal(kernel.parts, 3);
  const coefficients = drawn(6, 3);
  const all = kernel.slope(coefficients);
  const gram = kernel.gram();
  const part = kernel.slope(coefficients, true);
  assert.ok(Math.abs((3 * part.loss) / all.loss - 1) < 0.2);
  assert.ok(Math.abs((3 * kernel.gram().values[0]!) / gram.values[0]! - 1) < 0.2);
  assert.deepEqual(kernel.slope(coefficients), all);
  assert.deepEqual(kernel.gram(), gram);
  kernel.release();
});

test('kernel-sums: memory used before by another fit leaves no trace', () => {
  const rows = rowsOf(500, ['levels', 'number', 'flag'], true, 1);
  const first = kernelSums(trainingBuild(), rows)!;
  const due = [first.slope(drawn(6, 1)), first.gram()];
  first.release();
  const other = kernelSums(trainingBuild(), rowsOf(700, ['number', 'number', 'odd', 'levels'], true, 2))!;
  other.slope(drawn(7, 2, 100));
  other.gram();
  other.release();
  const again = kernelSums(trainingBuild(), rows)!;
  assert.deepEqual([again.slope(drawn(6, 1)), again.gram()], due);
  again.release();
});

test('kernel-sums: whatever a memory that was used before holds, sums are those of the plain twin', () => {
  const rows = rowsOf(
    300,
    Array.from({ length: 20 }, () => 'flag'),
    true,
    8,
  );
  for (const byte of [0x7f, 0xff]) {
    const used = takeWorkspace(trainingBuild());
    new Uint8Array(used.memory.buffer).fill(byte, used.take(1));
    used.release();
    const kernel = kernelSums(trainingBuild(), rows)!;
    assertSame(kernel, openPlainSums(rows)!, drawn(21, 2));
    kernel.release();
  }
});

test('kernel-sums: columns from end to end of the numbers count as constant, their moments stay finite', () => {
  const { labels, weights, momentWeights } = rowsOf(12, [], false, 3);
  const most = Number.MAX_VALUE;
  const ends = Float64Array.from(labels, (label) => (label ? most : -most));
  const spread = Float64Array.from(labels, (_, row) => most * (row / 6 - 1));
  for (const build of builds) {
    const sums = kernelSums(build, { columns: [ends, spread], labels, weights, momentWeights })!;
    assert.deepEqual([...sums.deviations], [0, 0]);
    assert.ok(sums.means.every(Number.isFinite), `${sums.means}`);
    assert.ok(sums.slope(Float64Array.of(1, 1, 0.5)).gradient.every(Number.isFinite));
    sums.release();
  }
});
