import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRandom } from '../../base/random.ts';
import type { BinnedFeatures } from './binned-features.ts';
import { bundleFeatures } from './bundles.ts';

/** Features of so many bins, some with missing values. */
function binnedOf(counts: readonly number[], rows: number, missing: readonly boolean[]): BinnedFeatures {
  const random = createRandom(counts.length).fork('bins');
  const bins = counts.flatMap((count, f) =>
    Array.from({ length: rows }, () => random.integer(missing[f] ? count + 1 : count)),
  );
  return {
    ...{ rows, features: counts.length, bins: Uint8Array.from(bins), edges: [] },
    ...{ binCounts: Int32Array.from(counts), offsets: new Int32Array(counts.length + 1) },
    ...{ isCategory: new Uint8Array(counts.length), hasMissing: new Uint8Array(counts.length) },
  };
}

const anyFeatures = fc.array(
  fc.record({
    count: fc.oneof(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 255 })),
    missing: fc.boolean(),
  }),
  { minLength: 1, maxLength: 20 },
);

test('bundles: for any features a code tells each bin again, and no bundle has more codes than a byte or than asked', () => {
  let shared = 0;
  fc.assert(
    fc.property(anyFeatures, fc.integer({ min: 0, max: 400 }), (features, most) => {
      const counts = features.map(({ count }) => count);
      const binned = binnedOf(
        counts,
        40,
        features.map(({ missing }) => missing),
      );
      const { codes, sizes, bundleOf, strideOf, radixOf } = bundleFeatures(binned, most);
      counts.forEach((_, f) => {
        const [bundle, stride, radix] = [bundleOf[f]!, strideOf[f]!, radixOf[f]!];
        const isAlone = bundleOf.indexOf(bundle) === bundleOf.lastIndexOf(bundle);
        if (isAlone) assert.equal(sizes[bundle], counts[f]! + 1);
        else assert.ok(sizes[bundle]! <= Math.max(most, counts[f]! + 1));
        if (!isAlone) shared++;
        for (let row = 0; row < 40; row++) {
          const code = codes[bundle * 40 + row]!;
          assert.ok(code < sizes[bundle]!);
          assert.equal(Math.floor(code / stride) % radix, binned.bins[f * 40 + row]);
        }
      });
      assert.ok(sizes.every((size) => size <= 256));
    }),
  );
  assert.ok(shared > 100, `only ${shared} features shared a byte`);
});

test('bundles: features share bytes as far as there are codes', () => {
  const flags = bundleFeatures(binnedOf(new Array(16).fill(2), 10, []), 256);
  assert.deepEqual([...flags.sizes], [256, 256]);
  const few = bundleFeatures(binnedOf(new Array(16).fill(2), 10, []), 16);
  assert.deepEqual([...few.sizes], [16, 16, 16, 16]);
  // The widest first, each into the fullest that has room.
  const mixed = bundleFeatures(binnedOf([3, 200, 5, 40, 2], 10, []), 256);
  assert.deepEqual([...mixed.sizes], [201, 200, 6]);
});

test('bundles: no feature shares its byte where no codes are asked for', () => {
  const { sizes, bundleOf } = bundleFeatures(binnedOf([2, 3, 4], 10, [true]), 1);
  assert.deepEqual([...sizes].sort(), [3, 4, 5]);
  assert.equal(new Set(bundleOf).size, 3);
});
