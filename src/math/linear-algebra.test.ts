import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { assertClose, readGolden } from '../../golden/compare.ts';
import { createRandom } from '../base/random.ts';
import {
  cholesky,
  dot,
  type Matrix,
  matrix,
  multiply,
  multiplyVector,
  solveCholesky,
  symmetricEigen,
  transposeMultiply,
  transposeMultiplyVector,
} from './linear-algebra.ts';

const { matrices } = readGolden<{
  matrices: Record<'x' | 'weightedGram' | 'cholesky' | 'eigenvectors', number[][]> &
    Record<'weights' | 'right' | 'solution' | 'eigenvalues', number[]>;
}>('math');
const fromRows = (rows: number[][]): Matrix =>
  matrix(rows.length, rows[0]!.length, Float64Array.from(rows.flat()));
const transposed = (a: Matrix): Matrix =>
  matrix(
    a.columns,
    a.rows,
    Float64Array.from(a.values, (_, at) => a.values[(at % a.rows) * a.columns + Math.floor(at / a.rows)]!),
  );
const copy = (a: Matrix): Matrix => matrix(a.rows, a.columns, a.values.slice());
const gram = fromRows(matrices.weightedGram);
const reason = 'LAPACK adds in another order';

test('transposeMultiply: X^T W X as numpy has it, and exactly symmetric', () => {
  const found = transposeMultiply(fromRows(matrices.x), Float64Array.from(matrices.weights));
  assertClose(found.values, gram.values, { absolute: 2e-14, reason });
  assert.deepEqual(transposed(found), found);
});

test('transposeMultiply: without weights it is the transpose times the matrix', () => {
  const x = fromRows(matrices.x);
  assertClose(transposeMultiply(x).values, multiply(transposed(x), x).values, { absolute: 1e-14, reason });
});

test('cholesky and solveCholesky: agree with scipy.linalg', () => {
  const factor = cholesky(copy(gram));
  assert.ok(factor);
  assertClose(factor.values, fromRows(matrices.cholesky).values, { absolute: 1e-14, reason });
  const right = Float64Array.from(matrices.right);
  assertClose(solveCholesky(factor, right), matrices.solution, { absolute: 1e-14, reason });
  assert.deepEqual([...right], matrices.right);
});

test('cholesky: works in place and gives undefined for a matrix that is not positive definite', () => {
  const a = fromRows([
    [4, 99],
    [2, 5],
  ]);
  assert.equal(cholesky(a), a);
  assert.deepEqual([...a.values], [2, 0, 1, 2]);
  for (const rows of [
    [[-1]],
    [[0]],
    [[Number.NaN]],
    [
      [1, 1],
      [1, 1],
    ],
    [
      [1, 2],
      [2, 1],
    ],
  ])
    assert.equal(cholesky(fromRows(rows)), undefined);
});

test('cholesky: two columns that are one and the same are refused, whatever rounding leaves of them', () => {
  const random = createRandom(4);
  const values = Float64Array.from({ length: 300 }, () => random.normal());
  for (let row = 0; row < 100; row++) values[row * 3 + 2] = values[row * 3]! * 0.3;
  assert.equal(cholesky(transposeMultiply(matrix(100, 3, values))), undefined);
});

test('symmetricEigen: agrees with numpy.linalg.eigh, largest first', () => {
  const { values, vectors } = symmetricEigen(gram);
  assertClose(values, matrices.eigenvalues, { relative: 1e-14, reason: 'rotations in another order' });
  assertClose(vectors.values, transposed(fromRows(matrices.eigenvectors)).values, {
    absolute: 1e-14,
    reason: 'rotations in another order',
  });
});

test('symmetricEigen: a diagonal matrix, a singular one and one of zeros', () => {
  const diagonal = symmetricEigen(
    fromRows([
      [1, 0],
      [0, 3],
    ]),
  );
  assert.deepEqual([...diagonal.values], [3, 1]);
  assert.deepEqual([...diagonal.vectors.values], [0, 1, 1, 0]);
  assertClose(
    symmetricEigen(
      fromRows([
        [1, 1],
        [1, 1],
      ]),
    ).values,
    [2, 0],
    { absolute: 1e-15, reason: 'rounding' },
  );
  assert.deepEqual([...symmetricEigen(matrix(2, 2)).values], [0, 0]);
});

test('multiply, dot and the vector products: small known cases', () => {
  const a = fromRows([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  const b = fromRows([
    [1, 0],
    [0, 1],
    [2, -1],
  ]);
  assert.deepEqual([...multiply(a, b).values], [7, -1, 16, -1]);
  assert.deepEqual([...multiplyVector(a, Float64Array.of(1, 0, -1))], [-2, -2]);
  assert.deepEqual([...transposeMultiplyVector(a, Float64Array.of(1, 2))], [9, 12, 15]);
  assert.equal(dot(Float64Array.of(1, 2, 3, 4, 5), Float64Array.of(5, 4, 3, 2, 1)), 35);
});

test('linear algebra: shapes that do not fit are refused', () => {
  const a = matrix(2, 3);
  const short = new Float64Array(1);
  for (const mistake of [
    () => matrix(2, 2, short),
    () => multiply(a, a),
    () => multiplyVector(a, short),
    () => transposeMultiplyVector(a, short),
    () => transposeMultiply(a, short),
    () => cholesky(a),
    () => solveCholesky(matrix(2, 2), short),
    () => symmetricEigen(a),
    () => dot(short, new Float64Array(2)),
  ])
    assert.throws(mistake, { name: 'TypeError', message: /shapes don't fit/ });
});

test('for any data: the factor multiplies back, and eigenvectors are turned into themselves', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.integer(), (size, seed) => {
      const random = createRandom(seed);
      const x = matrix(
        size + 5,
        size,
        Float64Array.from({ length: (size + 5) * size }, () => random.normal()),
      );
      const a = transposeMultiply(x);
      const scale = Math.max(...a.values);
      const factor = cholesky(copy(a));
      assert.ok(factor);
      assertClose(multiply(factor, transposed(factor)).values, a.values, { absolute: 1e-14 * scale, reason });
      const { values, vectors } = symmetricEigen(a);
      for (let k = 0; k < size; k++) {
        const vector = vectors.values.slice(k * size, k * size + size);
        assertClose(dot(vector, vector), 1, { absolute: 1e-14, reason });
        assertClose(
          multiplyVector(a, vector),
          vector.map((entry) => entry * values[k]!),
          { absolute: 3e-14 * scale, reason },
        );
      }
    }),
    { numRuns: 50 },
  );
});
