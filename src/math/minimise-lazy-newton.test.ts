import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../base/random.ts';
import { matrix } from './linear-algebra.ts';
import { minimiseLazyNewton } from './minimise-lazy-newton.ts';

/** Sum of (e^t - t) over t = rows of a random matrix times x, and a little of x^2: convex, far from square. */
function bowl(size: number, seed: number) {
  const random = createRandom(seed);
  const rows = Array.from({ length: 3 * size }, () =>
    Float64Array.from({ length: size }, () => random.normal()),
  );
  const counts = { values: 0, hessians: 0 };
  const along = (row: Float64Array, x: Float64Array): number =>
    row.reduce((sum, entry, i) => sum + entry * x[i]!, 0);
  const evaluate = (x: Float64Array) => {
    counts.values++;
    let value = 0;
    const gradient = x.map((entry) => 0.1 * entry);
    for (const entry of x) value += 0.05 * entry * entry;
    for (const row of rows) {
      const t = along(row, x);
      value += Math.exp(t) - t;
      for (let i = 0; i < size; i++) gradient[i]! += (Math.exp(t) - 1.2) * row[i]!;
      value -= 0.2 * t;
    }
    return {
      x,
      value,
      gradient,
      hessian() {
        counts.hessians++;
        const bend = matrix(size, size);
        for (let i = 0; i < size; i++) bend.values[i * size + i] = 0.1;
        for (const row of rows)
          for (let i = 0; i < size; i++)
            for (let j = 0; j <= i; j++)
              bend.values[i * size + j]! += Math.exp(along(row, x)) * row[i]! * row[j]!;
        return bend;
      },
    };
  };
  return { evaluate, counts };
}

const largest = (values: Float64Array): number =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

test('minimise-lazy-newton: the gradient at the answer vanishes, with fewer second derivatives than steps', () => {
  for (const size of [1, 4, 12]) {
    const { evaluate, counts } = bowl(size, size);
    const start = new Float64Array(size).fill(0.5);
    const found = minimiseLazyNewton({ start, evaluate }, { maxIterations: 100, gradientTolerance: 1e-10 });
    assert.ok(found.converged);
    assert.ok(largest(evaluate(found.x).gradient) <= 1e-10);
    assert.ok(counts.hessians < found.iterations, `${counts.hessians} for ${found.iterations} steps`);
    assert.deepEqual(start, new Float64Array(size).fill(0.5));
  }
});

test('minimise-lazy-newton: a tolerance below rounding ends the search all the same', () => {
  const { evaluate, counts } = bowl(5, 2);
  const found = minimiseLazyNewton(
    { start: new Float64Array(5), evaluate },
    { maxIterations: 100, gradientTolerance: 0 },
  );
  assert.ok(found.converged);
  assert.ok(largest(evaluate(found.x).gradient) < 1e-12);
  assert.ok(counts.values < 100, `${counts.values} values`);
});

test('minimise-lazy-newton: iterations that run out are told', () => {
  const { evaluate } = bowl(4, 3);
  const found = minimiseLazyNewton(
    { start: new Float64Array(4).fill(2), evaluate },
    { maxIterations: 2, gradientTolerance: 1e-12 },
  );
  assert.deepEqual([found.converged, found.iterations], [false, 2]);
});

test('minimise-lazy-newton: a step too far is halved until the value falls', () => {
  // sqrt(1 + x^2): from 3 a whole step of Newton lands at -27.
  const evaluate = (x: Float64Array) => {
    const value = Math.sqrt(1 + x[0]! ** 2);
    return {
      x,
      value,
      gradient: Float64Array.of(x[0]! / value),
      hessian: () => matrix(1, 1, Float64Array.of(1 / value ** 3)),
    };
  };
  const found = minimiseLazyNewton(
    { start: Float64Array.of(3), evaluate },
    { maxIterations: 100, gradientTolerance: 1e-12 },
  );
  assert.ok(found.converged && Math.abs(found.x[0]!) < 1e-11, `${found.x}`);
});
