import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../base/random.ts';
import { matrix, multiplyVector, transposeMultiply, transposeMultiplyVector } from './linear-algebra.ts';
import { minimiseNewton } from './minimise.ts';
import { type Bending, minimiseNewtonCg } from './minimise-newton-cg.ts';
import { log1pExp, sigmoid } from './sigmoid.ts';

/** Log loss of 60 rows in so many unknowns of very different scale, plus l2 / 2 |w|^2. */
function logistic(unknowns: number, l2: number) {
  const random = createRandom(11);
  const design = matrix(60, unknowns);
  for (let i = 0; i < design.values.length; i++)
    design.values[i] = random.normal() * (i % unknowns === 0 ? 30 : 1);
  const labels = Float64Array.from({ length: 60 }, () => random.integer(2));
  const at = (w: Float64Array) => {
    const z = multiplyVector(design, w);
    const p = z.map(sigmoid);
    let value = 0;
    z.forEach((logOdds, row) => {
      value += log1pExp(logOdds) - labels[row]! * logOdds;
    });
    const gradient = transposeMultiplyVector(
      design,
      p.map((share, row) => share - labels[row]!),
    );
    w.forEach((weight, c) => {
      value += (l2 / 2) * weight * weight;
      gradient[c]! += l2 * weight;
    });
    const hessian = transposeMultiply(
      design,
      p.map((share) => share * (1 - share)),
    );
    for (let c = 0; c < unknowns; c++) hessian.values[c * unknowns + c]! += l2;
    return { value, gradient, hessian };
  };
  const bending = (w: Float64Array): Bending => {
    const { value, gradient, hessian } = at(w);
    return {
      value,
      gradient,
      times: (vector) => multiplyVector(hessian, vector),
      diagonal: () => Float64Array.from({ length: unknowns }, (_, c) => hessian.values[c * unknowns + c]!),
    };
  };
  return { at, bending };
}

test('minimiseNewtonCg: finds what minimiseNewton finds, with fewer and with more unknowns than rows', () => {
  for (const unknowns of [8, 150]) {
    for (const l2 of [0.1, 10]) {
      const { at, bending } = logistic(unknowns, l2);
      const start = new Float64Array(unknowns);
      const options = { gradientTolerance: 1e-10, maxIterations: 100 };
      const exact = minimiseNewton({ start, evaluate: at }, options);
      const found = minimiseNewtonCg({ start, evaluate: bending }, options);
      assert.ok(exact.converged && found.converged);
      found.x.forEach((weight, c) => {
        // Both stop at a gradient of 1e-10, which moves a weight by at most 1e-10 / l2.
        assert.ok(Math.abs(weight - exact.x[c]!) < 5e-9, `${unknowns}, ${l2}: ${weight} and ${exact.x[c]}`);
      });
      assert.deepEqual(start, new Float64Array(unknowns));
    }
  }
});

test('minimiseNewtonCg: the same function gives the same bits; too few steps are told', () => {
  const { bending } = logistic(40, 1);
  const start = new Float64Array(40);
  assert.deepEqual(
    minimiseNewtonCg({ start, evaluate: bending }),
    minimiseNewtonCg({ start, evaluate: bending }),
  );
  const { converged, iterations } = minimiseNewtonCg({ start, evaluate: bending }, { maxIterations: 1 });
  assert.deepEqual([converged, iterations], [false, 1]);
});
