import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertClose, readGolden } from '../../golden/compare.ts';
import { createRandom } from '../base/random.ts';
import { dot, matrix, multiplyVector, transposeMultiply, transposeMultiplyVector } from './linear-algebra.ts';
import { type Evaluation, minimiseLbfgs, minimiseNewton, type SecondOrder } from './minimise.ts';
import { log1pExp, sigmoid } from './sigmoid.ts';

const { minima } = readGolden<{
  minima: { design: number[][]; labels: number[]; penalty: number[]; x: number[]; value: number };
}>('math');
const design = matrix(minima.design.length, 4, Float64Array.from(minima.design.flat()));

/** Log loss of a logistic regression with l2, as golden/math.py has it. */
function logisticLoss(w: Float64Array): SecondOrder {
  const z = multiplyVector(design, w);
  const p = z.map(sigmoid);
  let value = 0;
  z.forEach((at, i) => {
    value += log1pExp(at) - minima.labels[i]! * at;
  });
  const gradient = transposeMultiplyVector(
    design,
    p.map((at, i) => at - minima.labels[i]!),
  );
  const hessian = transposeMultiply(
    design,
    p.map((at) => at * (1 - at)),
  );
  minima.penalty.forEach((l2, j) => {
    value += 0.5 * l2 * w[j]! * w[j]!;
    gradient[j]! += l2 * w[j]!;
    hessian.values[j * 4 + j]! += l2;
  });
  return { value, gradient, hessian };
}

/** Rosenbrock's curved valley, least at (1, 1). */
function valley([x, y]: Float64Array): SecondOrder {
  const [a, b] = [1 - x!, y! - x! * x!];
  return {
    value: a * a + 100 * b * b,
    gradient: Float64Array.of(-2 * a - 400 * x! * b, 200 * b),
    hessian: matrix(2, 2, Float64Array.of(2 + 1200 * x! * x! - 400 * y!, -400 * x!, -400 * x!, 200)),
  };
}

test('minimiseNewton: a logistic regression as scipy solves it, in a few steps', () => {
  const start = new Float64Array(4);
  const result = minimiseNewton({ start, evaluate: logisticLoss });
  assert.ok(result.converged);
  assert.ok(result.iterations <= 8, `${result.iterations} iterations`);
  assertClose(result.x, minima.x, {
    absolute: 1e-9,
    reason: 'scipy stops at a gradient of 1e-12 or where it stalls',
  });
  assertClose(result.value, minima.value, { relative: 1e-14, reason: 'sums in another order' });
  assert.deepEqual(start, new Float64Array(4));
});

test('minimiseLbfgs: the same logistic regression', () => {
  const result = minimiseLbfgs(logisticLoss, new Float64Array(4), {
    gradientTolerance: 1e-9,
    valueTolerance: 0,
  });
  assert.ok(result.converged);
  assertClose(result.x, minima.x, { absolute: 1e-8, reason: 'it stops at a gradient of 1e-9' });
});

test('minimise: both find the end of a curved valley', () => {
  const start = Float64Array.of(-1.2, 1);
  const lbfgs = minimiseLbfgs(valley, start, { gradientTolerance: 1e-8, valueTolerance: 0 });
  const newton = minimiseNewton({ start, evaluate: valley });
  for (const result of [lbfgs, newton]) {
    assert.ok(result.converged);
    assertClose(result.x, [1, 1], { absolute: 1e-7, reason: 'the valley is flat along its floor' });
  }
  assert.ok(lbfgs.iterations < 60, `${lbfgs.iterations} iterations`);
  assert.ok(newton.iterations < 40, `${newton.iterations} iterations`);
});

test('minimiseLbfgs: a badly scaled bowl in 200 dimensions', () => {
  const scale = Float64Array.from({ length: 200 }, (_, i) => 1 + i * 5);
  const random = createRandom(2);
  const start = Float64Array.from(scale, () => random.normal());
  const bowl = (x: Float64Array): Evaluation => {
    const gradient = x.map((entry, i) => entry * scale[i]!);
    return { value: 0.5 * dot(x, gradient), gradient };
  };
  const result = minimiseLbfgs(bowl, start, { gradientTolerance: 1e-6, valueTolerance: 0 });
  assert.ok(result.converged);
  assertClose(result.x, new Float64Array(200), { absolute: 1e-6, reason: 'the gradient is at most 1e-6' });
});

test('minimiseNewton: second derivatives that are not positive definite are lifted, not followed uphill', () => {
  // x^4 / 4 - x^2 / 2 bends down at 0.1 and is least at 1.
  const evaluate = ([x]: Float64Array): SecondOrder => ({
    value: x! ** 4 / 4 - (x! * x!) / 2,
    gradient: Float64Array.of(x! ** 3 - x!),
    hessian: matrix(1, 1, Float64Array.of(3 * x! * x! - 1)),
  });
  const result = minimiseNewton({ start: Float64Array.of(0.1), evaluate }, { maxIterations: 200 });
  assert.ok(result.converged);
  assertClose(result.x, [1], { absolute: 1e-9, reason: 'the gradient is at most 1e-9' });
});

test('minimise: iterations that run out and functions without a bottom are told', () => {
  const start = Float64Array.of(-1.2, 1);
  for (const result of [
    minimiseLbfgs(valley, start, { maxIterations: 3 }),
    minimiseNewton({ start, evaluate: valley }, { maxIterations: 3 }),
  ]) {
    assert.equal(result.converged, false);
    assert.equal(result.iterations, 3);
    assert.ok(result.value < valley(start).value);
  }
  const notANumber = { value: Number.NaN, gradient: Float64Array.of(Number.NaN), hessian: matrix(1, 1) };
  assert.equal(minimiseLbfgs(() => notANumber, Float64Array.of(1)).converged, false);
  assert.equal(minimiseNewton({ start: Float64Array.of(1), evaluate: () => notANumber }).converged, false);
});

test('minimise: a start that is already the minimum takes no step', () => {
  const start = Float64Array.of(1, 1);
  assert.deepEqual(minimiseLbfgs(valley, start), { x: start, value: 0, iterations: 0, converged: true });
  assert.equal(minimiseNewton({ start, evaluate: valley }).iterations, 0);
});
