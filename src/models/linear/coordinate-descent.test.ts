import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRandom } from '../../base/random.ts';
import { matrix } from '../../math/linear-algebra.ts';
import { type Bowl, descendByCoordinates } from './coordinate-descent.ts';

/** A bowl from random factors: its second derivatives are F' F and a little more. */
function bowlOf(size: number, size1: number, seed: number): Bowl {
  const random = createRandom(seed);
  const factors = Array.from({ length: size + 2 }, () =>
    Float64Array.from({ length: size }, () => random.normal()),
  );
  const hessian = matrix(size, size);
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++)
      hessian.values[i * size + j] = factors.reduce(
        (sum, row) => sum + row[i]! * row[j]!,
        i === j ? 1e-3 : 0,
      );
  const drawn = (): Float64Array => Float64Array.from({ length: size }, () => 3 * random.normal());
  const sizes = new Float64Array(size).fill(size1);
  sizes[size - 1] = 0;
  return { hessian, gradient: drawn(), from: drawn(), sizes };
}

test('coordinate-descent: for any bowl every slope at the answer is what the size of its coordinate allows', () => {
  const anyBowl = fc.record({
    size: fc.integer({ min: 1, max: 12 }),
    cost: fc.constantFrom(0, 0.1, 2, 50),
    seed: fc.integer({ min: 0, max: 100_000 }),
  });
  fc.assert(
    fc.property(anyBowl, ({ size, cost, seed }) => {
      const bowl = bowlOf(size, cost, seed);
      const u = descendByCoordinates(bowl);
      for (let i = 0; i < size; i++) {
        let slope = bowl.gradient[i]!;
        for (let j = 0; j < size; j++) slope += bowl.hessian.values[i * size + j]! * (u[j]! - bowl.from[j]!);
        const off =
          u[i] === 0 ? Math.abs(slope) - bowl.sizes[i]! : Math.abs(slope + Math.sign(u[i]!) * bowl.sizes[i]!);
        assert.ok(off < 1e-9, `coordinate ${i}: ${off}`);
      }
    }),
    { numRuns: 60 },
  );
});

test('coordinate-descent: a high cost leaves nothing but the coordinate that costs nothing', () => {
  const u = descendByCoordinates(bowlOf(8, 1e6, 3));
  assert.deepEqual(
    [...u].map((entry) => entry !== 0),
    [false, false, false, false, false, false, false, true],
  );
});

test('coordinate-descent: of columns that repeat each other exactly the sum is found', () => {
  // (a + b - 1)^2 / 2 with a hair of curvature of their own, and a cost of 0.1 each: a + b = 0.9.
  const hair = 1e-10;
  const hessian = matrix(2, 2, Float64Array.of(1 + hair, 1, 1, 1 + hair));
  const u = descendByCoordinates({
    hessian,
    gradient: Float64Array.of(-1, -1),
    from: Float64Array.of(0, 0),
    sizes: Float64Array.of(0.1, 0.1),
  });
  assert.ok(Math.abs(u[0]! + u[1]! - 0.9) < 1e-8, `${u}`);
});
